package io.caracal.launcher;

import io.caracal.plugin.signing.KeyRing;
import io.caracal.plugin.signing.TrustFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes an author's project, without starting the sensor. */
@Command(
    name = "new-detector",
    description = "make a project for a plugin of your own that builds, is tested and deploys",
    mixinStandardHelpOptions = true)
final class NewDetector implements Callable<Integer> {
  /** What a project is for. */
  enum Kind {
    /** A recipe, trained on captures: data without code. */
    MODEL,
    /** A detector in Java. */
    CODE,
    /** A feature view in Java. */
    VIEW,
    /** An alert sink in Java. */
    SINK;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> of(String key) {
      return Arrays.stream(values()).filter(kind -> kind.key().equals(key)).findFirst();
    }
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "NAME",
      description = "id of the plugin: lower-case words and digits joined by -")
  private String name = "";

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description =
          "model (trained by a recipe, no code), code (a detector in Java), view or sink; default:"
              + " ${DEFAULT-VALUE}")
  private String kind = "model";

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description =
          "what the names of your bundles and packages begin with; default: ${DEFAULT-VALUE}")
  private String group = "org.example";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "the project's folder, which must not exist yet; by default NAME")
  private @Nullable Path out;

  @Override
  public Integer call() throws IOException {
    Kind chosen =
        Kind.of(kind)
            .orElseThrow(
                () -> wrong("there is no kind '" + kind + "': choose model, code, view or sink"));
    Distribution distribution = Distribution.locate();
    check(distribution);
    Path folder = Optional.ofNullable(out).orElse(Path.of(name));
    if (Files.exists(folder)) {
      throw new IOException(folder + " exists and is left as it is; name another folder by --out");
    }
    new KeyRing(distribution.root().resolve("keys"))
        .loadOrCreate(
            KeyRing.DEVELOPER,
            new TrustFolder(distribution.root().resolve("config/trust")),
            System.out::println);
    AuthorKit.of(distribution).write(chosen, new ProjectNames(group, name), folder);
    System.out.println(
        folder + " is a " + chosen.key() + " plugin; " + folder.resolve("README.md") + " goes on");
    return 0;
  }

  private void check(Distribution distribution) {
    if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*") || name.length() > 40) {
      throw wrong(
          "NAME is '"
              + name
              + "' but must be lower-case words and digits joined by -, at most 40 characters, for"
              + " example beacon-watch");
    }
    String[] parts = group.split("\\.", -1);
    boolean packages = Arrays.stream(parts).allMatch(part -> part.matches("[a-z][a-z0-9]*"));
    if (!packages || group.equals("io.caracal") || group.startsWith("io.caracal.")) {
      throw wrong(
          "--group is '"
              + group
              + "' but must be your own domain backwards, for example com.example.security");
    }
    String words = new ProjectNames(group, name).packageName();
    String keywords =
        Arrays.stream(words.split("\\.", -1))
            .filter(SourceVersion::isKeyword)
            .collect(Collectors.joining(", "));
    if (!keywords.isEmpty()) {
      throw wrong(
          "'" + keywords + "' is a word of the Java language; choose another NAME or --group");
    }
    String shipped = "bundles/io.caracal.model." + name + "-" + Main.VERSION + ".jar";
    if (Files.exists(distribution.home().resolve(shipped))) {
      throw wrong(
          "the detector "
              + name
              + " is shipped, and a newer one of that id would replace it; choose another NAME");
    }
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
