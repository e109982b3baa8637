package io.caracal.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Projects for authors; WriteADetectorIT builds them. */
class NewDetectorTest {
  private static final Path TEMPLATES = Path.of("../workshop/archetype/src/main/projects");
  private static final Pattern VERSION =
      Pattern.compile("<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>");

  @TempDir private Path folder;
  private AuthorKit kit = new AuthorKit(Path.of(""), Path.of(""));

  @BeforeEach
  void distribution() throws IOException {
    copy(TEMPLATES, folder.resolve("author/projects"));
    Files.createDirectories(folder.resolve("author/kit"));
    for (String artifact : List.of("io.caracal.api", "io.caracal.testkit")) {
      Files.writeString(folder.resolve("author/kit/" + artifact + "-0.1.0.jar"), artifact);
    }
    kit = new AuthorKit(folder.resolve("author"), folder.resolve("caracal"));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  @Test
  void everyKindIsFilledIn() throws IOException {
    for (NewDetector.Kind kind : NewDetector.Kind.values()) {
      Path project = folder.resolve(kind.key());
      kit.write(kind, new ProjectNames("com.example", "beacon-watch"), project);
      try (Stream<Path> files = Files.walk(project)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(file.toString()).doesNotContain("__");
          assertThat(Files.readString(file)).as("%s", file).doesNotContain("__");
        }
      }
      assertThat(project.resolve("README.md")).content().startsWith("# beacon-watch\n");
    }
    assertThat(folder.resolve("code/src/main/java/com/example/beaconwatch"))
        .isDirectoryContaining("glob:**/BeaconWatchDetector.java");
  }

  @Test
  void theKitsVersionFollowsItsContent() throws IOException {
    ProjectNames names = new ProjectNames("com.example", "one");
    kit.write(NewDetector.Kind.CODE, names, folder.resolve("one"));
    kit.write(NewDetector.Kind.CODE, names, folder.resolve("same"));
    Files.writeString(folder.resolve("author/kit/io.caracal.api-0.1.0.jar"), "another release");
    kit.write(NewDetector.Kind.CODE, names, folder.resolve("other"));
    assertThat(version("same")).isEqualTo(version("one")).startsWith("0.1.0-");
    assertThat(version("other")).isNotEqualTo(version("one"));
  }

  private String version(String project) throws IOException {
    try (Stream<Path> versions =
        Files.list(folder.resolve(project).resolve("kit/io/caracal/io.caracal.api"))) {
      return versions.map(path -> String.valueOf(path.getFileName())).toList().getFirst();
    }
  }

  @Test
  void whatExistsIsLeftAsItIs() throws IOException {
    Path taken = Files.createDirectory(folder.resolve("taken"));
    Files.writeString(taken.resolve("notes.txt"), "mine");
    ProjectNames names = new ProjectNames("com.example", "taken");
    assertThatThrownBy(() -> kit.write(NewDetector.Kind.MODEL, names, taken))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("taken");
    assertThat(taken).isDirectoryContaining("glob:**/notes.txt");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).noneMatch(path -> path.toString().contains(".new-detector"));
    }
  }

  @Test
  void wrongUseIsOneSentence() {
    assertThat(wrong("Beacon")).contains("'Beacon'").contains("lower-case words");
    assertThat(wrong("a_b")).contains("'a_b'");
    assertThat(wrong("new")).contains("a word of the Java language");
    assertThat(wrong("beacon", "--group", "io.caracal.x")).contains("your own domain");
    assertThat(wrong("beacon", "--kind", "plugin")).contains("model, code, view or sink");
  }

  private static String wrong(String... arguments) {
    String[] said = new String[1];
    CommandLine line = new CommandLine(new NewDetector());
    line.setParameterExceptionHandler(
        (wrong, parsed) -> {
          said[0] = String.valueOf(wrong.getMessage());
          return 2;
        });
    assertThat(line.execute(arguments)).isEqualTo(2);
    return said[0];
  }

  /** Projects build with the plugins and libraries that this one builds with. */
  @Test
  void versionsAreOurs() throws IOException {
    Map<String, String> ours = versions(Path.of("../pom.xml"));
    ours.put("slf4j-nop", ours.get("slf4j-api"));
    ours.put("junit-jupiter", ours.get("junit-bom"));
    String root = Files.readString(Path.of("../pom.xml"));
    ours.put("org.apache.felix.framework", property(root, "${felix.framework.version}"));
    Map<String, String> theirs = versions(TEMPLATES.resolve("java/pom.xml"));
    theirs.putAll(
        versions(
            TEMPLATES.resolve(
                "java/kit/io/caracal/io.caracal.testkit/__kit__/io.caracal.testkit-__kit__.pom")));
    theirs.keySet().removeIf(artifact -> artifact.matches("io\\.caracal\\..*|__.*"));
    assertThat(theirs).hasSizeGreaterThan(8);
    assertThat(ours).containsAllEntriesOf(theirs);
  }

  private static Map<String, String> versions(Path pom) throws IOException {
    String text = Files.readString(pom);
    Map<String, String> versions = new TreeMap<>();
    Matcher matcher = VERSION.matcher(text);
    while (matcher.find()) {
      versions.putIfAbsent(matcher.group(1), property(text, matcher.group(2)));
    }
    return versions;
  }

  private static String property(String pom, String version) {
    if (!version.startsWith("${")) {
      return version;
    }
    String name = version.substring(2, version.length() - 1);
    Matcher matcher =
        Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)</" + Pattern.quote(name) + ">")
            .matcher(pom);
    return matcher.find() ? matcher.group(1) : version;
  }
}
