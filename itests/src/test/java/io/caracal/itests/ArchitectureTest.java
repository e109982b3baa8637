package io.caracal.itests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/** The rules of the house, as docs/architecture.md states them. */
class ArchitectureTest {
  private static final List<String> BUNDLES =
      List.of(
          "api-bundle",
          "capture-bundle",
          "feature-bundle",
          "engine-bundles/onnx",
          "engine-bundles/tribuo",
          "core-bundle",
          "plugin-bundles/manager",
          "alert-bundles/journal",
          "alert-bundles/formats",
          "alert-bundles/file",
          "alert-bundles/syslog",
          "alert-bundles/terminal",
          "alert-bundles/http",
          "alert-bundles/kafka",
          "alert-bundles/email",
          "export-bundles/text",
          "export-bundles/ipfix",
          "export-bundles/parquet",
          "export-bundles/metrics");
  private static final List<String> LIBRARIES =
      List.of(
          "engine-bundles/extender",
          "plugin-bundles/signing",
          "plugin-bundles/control",
          "felix-config",
          "workshop/testkit",
          "workshop/trainer");

  private static JavaClasses bundles;
  private static JavaClasses everything;

  private static Path classesOf(String module) {
    return Path.of("..").resolve(module).resolve("target/classes").toAbsolutePath().normalize();
  }

  @BeforeAll
  static void read() {
    everything =
        new ClassFileImporter()
            .importPaths(
                Stream.concat(BUNDLES.stream(), LIBRARIES.stream())
                    .map(ArchitectureTest::classesOf)
                    .toList());
    List<Path> ours = BUNDLES.stream().map(ArchitectureTest::classesOf).toList();
    bundles =
        everything.that(
            DescribedPredicate.describe(
                "classes of the bundles",
                type ->
                    type.getSource()
                        .map(source -> Path.of(source.getUri()).normalize())
                        .filter(file -> ours.stream().anyMatch(file::startsWith))
                        .isPresent()));
    assertThat(bundles.size()).as("classes of the bundles; build them first").isGreaterThan(100);
  }

  @Test
  void apiDependsOnNothing() {
    classes()
        .that()
        .resideInAPackage("io.caracal.api..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.caracal.api..",
            "java..",
            "javax.net.ssl..",
            "org.osgi.annotation..",
            "org.jspecify..")
        .check(everything);
  }

  @Test
  void nothingDependsOnCore() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.caracal.core..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.caracal.core..")
        .check(everything);
  }

  @Test
  void bundlesMeetOnlyInTheApi() {
    slices()
        .matching("io.caracal.(*)..")
        .namingSlices("$1")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(
            com.tngtech.archunit.base.DescribedPredicate.alwaysTrue(),
            com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(
                "io.caracal.api..", "io.caracal.plugin.signing..", "io.caracal.plugin.control.."))
        .check(everything);
  }

  @Test
  void apiPackagesFormNoCycle() {
    slices().matching("io.caracal.api.(*)..").should().beFreeOfCycles().check(bundles);
  }

  @Test
  void everyExtensionPointSaysWhoImplementsIt() {
    classes()
        .that()
        .resideInAPackage("io.caracal.api..")
        .and()
        .areInterfaces()
        .and()
        .doNotHaveSimpleName("package-info")
        .and()
        .areNotAssignableTo(io.caracal.api.alert.SensorEvent.class)
        .should()
        .beAnnotatedWith(ConsumerType.class)
        .orShould()
        .beAnnotatedWith(ProviderType.class)
        .check(bundles);
  }

  @Test
  void onlyTheApiExportsPackages() throws IOException {
    for (String module : BUNDLES) {
      try (InputStream in =
          Files.newInputStream(classesOf(module).resolve("META-INF/MANIFEST.MF"))) {
        String exports = new Manifest(in).getMainAttributes().getValue("Export-Package");
        if (module.equals("api-bundle")) {
          assertThat(exports).doesNotContain("internal").contains("io.caracal.api.packet");
        } else {
          assertThat(exports).as("packages exported by %s", module).isNull();
        }
      }
    }
  }
}
