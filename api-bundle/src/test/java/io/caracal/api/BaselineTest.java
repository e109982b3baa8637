package io.caracal.api;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.differ.Baseline;
import aQute.bnd.differ.Baseline.Info;
import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.osgi.Instructions;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Processor;
import io.caracal.api.detect.Detector;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The interfaces against those of the last release, {@code src/test/baseline}: a package whose
 * types changed needs a higher version, a major one where that breaks plugins.
 */
class BaselineTest {
  private static final Path BASELINE = Path.of("src/test/baseline/io.caracal.api.jar");
  private static final Path CLASSES = Path.of("target/classes");
  private static final String DETECTOR = Detector.class.getName().replace('.', '/') + ".class";

  /** The first moment that a zip file can name. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  @TempDir private Path folder;

  /** Run with -Dcaracal.baseline=write at a release. */
  @Test
  void versionsSayWhatChangedSinceTheLastRelease() throws Exception {
    if ("write".equals(System.getProperty("caracal.baseline"))) {
      pack(BASELINE, ClassTransform.ACCEPT_ALL);
    }
    assertThat(wrongVersions(BASELINE, CLASSES)).isEmpty();
  }

  @Test
  void aRemovedMethodNeedsAMajorVersion() throws Exception {
    Path broken = folder.resolve("broken.jar");
    pack(broken, ClassTransform.dropping(BaselineTest::describes));
    assertThat(wrongVersions(CLASSES, broken))
        .singleElement()
        .asString()
        .contains("io.caracal.api.detect")
        .containsPattern("needs version [0-9]+\\.0\\.0");
  }

  @Test
  void anAddedMethodNeedsAMinorVersionAtLeast() throws Exception {
    Path before = folder.resolve("before.jar");
    pack(before, ClassTransform.dropping(BaselineTest::describes));
    assertThat(wrongVersions(before, CLASSES))
        .singleElement()
        .asString()
        .contains("io.caracal.api.detect");
  }

  private static boolean describes(Object element) {
    return element instanceof MethodModel method && method.methodName().equalsString("description");
  }

  private static List<String> wrongVersions(Path older, Path newer) throws Exception {
    try (Processor processor = new Processor();
        Jar before = new Jar(older.toFile());
        Jar now = new Jar(newer.toFile())) {
      Baseline baseline = new Baseline(processor, new DiffPluginImpl());
      return baseline.baseline(now, before, new Instructions("io.caracal.api.*")).stream()
          .filter(info -> info.mismatch)
          .map(BaselineTest::sentence)
          .sorted()
          .toList();
    }
  }

  private static String sentence(Info info) {
    return "package "
        + info.packageName
        + " "
        + info.newerVersion
        + " changed since "
        + info.olderVersion
        + " and needs version "
        + info.suggestedVersion
        + " in its package-info.java";
  }

  /** The compiled interfaces as a jar whose entries bear no time, the detector's changed. */
  private static void pack(Path jar, ClassTransform change) throws Exception {
    Files.createDirectories(jar.toAbsolutePath().getParent());
    Manifest manifest;
    try (InputStream in = Files.newInputStream(CLASSES.resolve("META-INF/MANIFEST.MF"))) {
      manifest = new Manifest(in);
    }
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(CLASSES)) {
      out.putNextEntry(entry("META-INF/MANIFEST.MF"));
      manifest.write(out);
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
        String name = CLASSES.relativize(file).toString();
        byte[] bytes = Files.readAllBytes(file);
        out.putNextEntry(entry(name));
        ClassFile language = ClassFile.of();
        out.write(
            name.equals(DETECTOR) ? language.transformClass(language.parse(bytes), change) : bytes);
      }
    }
  }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    return entry;
  }
}
