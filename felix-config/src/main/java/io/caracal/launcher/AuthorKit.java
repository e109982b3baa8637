package io.caracal.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What projects of authors are made of, {@code author/} in the distribution: templates, plain files
 * whose names and text hold {@code __name__} and the like, and the jars that a project compiles and
 * tests with.
 *
 * <p>The jars go into the project as a Maven repository, under a version that is made from their
 * content: the project builds wherever it is copied to, and Maven's cache never takes the jars of
 * one release for those of another.
 *
 * @param folder {@code author/}
 * @param script the caracal script
 */
record AuthorKit(Path folder, Path script) {
  static AuthorKit of(Distribution distribution) {
    return new AuthorKit(
        distribution.home().resolve("author"),
        distribution.root().resolve("caracal").toAbsolutePath().normalize());
  }

  /** Writes a project all at once: the folder is there when it is complete. */
  void write(NewDetector.Kind kind, ProjectNames names, Path target) throws IOException {
    Path parent = Files.createDirectories(target.toAbsolutePath().normalize().getParent());
    Path unfinished = Files.createTempDirectory(parent, ".new-detector");
    try {
      Map<String, String> words = words(names);
      if (kind != NewDetector.Kind.MODEL) {
        expand(folder.resolve("projects/java"), words, unfinished);
        for (Path jar : jars()) {
          Path copy = unfinished.resolve(inRepository(jar, words.get("__kit__")));
          Files.createDirectories(copy.getParent());
          Files.copy(jar, copy);
        }
      }
      expand(folder.resolve("projects").resolve(kind.key()), words, unfinished);
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      delete(unfinished);
      throw new IOException(target + " cannot be written: " + e, e);
    }
  }

  private Map<String, String> words(ProjectNames names) throws IOException {
    return Map.of(
        "__name__", names.name(),
        "__Name__", names.typeName(),
        "__package__", names.packageName(),
        "__group__", names.group(),
        "__caracal__", script.toString(),
        "__kit__", version());
  }

  private static void expand(Path template, Map<String, String> words, Path target)
      throws IOException {
    try (Stream<Path> files = Files.walk(template)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = template.relativize(file).toString();
        Path made =
            target.resolve(
                fill(
                    name.replace("__package__", words.get("__package__").replace('.', '/')),
                    words));
        Files.createDirectories(made.getParent());
        Files.writeString(made, fill(Files.readString(file), words));
      }
    }
  }

  private static String fill(String text, Map<String, String> words) {
    String filled = text;
    for (Map.Entry<String, String> word : words.entrySet()) {
      filled = filled.replace(word.getKey(), word.getValue());
    }
    return filled;
  }

  private List<Path> jars() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("kit"))) {
      return files.sorted().toList();
    }
  }

  private static Path inRepository(Path jar, String version) {
    String artifact = String.valueOf(jar.getFileName()).replaceFirst("-[0-9][^-]*\\.jar$", "");
    return Path.of("kit/io/caracal", artifact, version, artifact + "-" + version + ".jar");
  }

  private String version() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path jar : jars()) {
        digest.update(Files.readAllBytes(jar));
      }
      return Main.VERSION + "-" + HexFormat.of().formatHex(digest.digest(), 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
