package io.caracal.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs of Debian packages for a test, without installing anything: a package and the libraries
 * that the machine lacks are downloaded and unpacked into a folder of the build. Where that cannot
 * be done, the test that asks is skipped and says why.
 */
public final class DebianPackages {
  private static final Path FOLDER = Path.of("target", "debian");
  private static final String COMPLETE = "complete";

  private final Path root;

  private DebianPackages(Path root) {
    this.root = root;
  }

  /**
   * Unpacks packages with all that they depend on, once for a build; skips the test if they are not
   * to be had.
   *
   * @param packages names of Debian packages that can be installed together
   * @return where they are
   */
  public static DebianPackages of(String... packages) {
    Path folder = FOLDER.resolve(String.join("-", packages)).toAbsolutePath();
    try {
      if (!Files.exists(folder.resolve(COMPLETE))) {
        unpack(folder, List.of(packages));
        Files.createFile(folder.resolve(COMPLETE));
      }
    } catch (IOException e) {
      Assumptions.abort(
          "the Debian packages %s cannot be downloaded: %s"
              .formatted(String.join(", ", packages), e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Assumptions.abort("interrupted while packages were downloaded");
    }
    return new DebianPackages(folder.resolve("root"));
  }

  private static void unpack(Path folder, List<String> packages)
      throws IOException, InterruptedException {
    Path archives = Files.createDirectories(folder.resolve("archives"));
    Path root = Files.createDirectories(folder.resolve("root"));
    try {
      download(folder, archives, List.of(), packages);
    } catch (IOException e) { // no package lists on this machine, or old ones: read them anew
      Path lists = Files.createDirectories(folder.resolve("lists").resolve("partial")).getParent();
      List<String> fresh = List.of("-o", "Dir::State::Lists=" + lists);
      run(folder, apt(fresh, List.of("update")));
      download(folder, archives, fresh, packages);
    }
    try (Stream<Path> files = Files.list(archives)) {
      for (Path archive : files.filter(file -> file.toString().endsWith(".deb")).toList()) {
        run(folder, List.of("dpkg", "-x", archive.toString(), root.toString()));
      }
    }
  }

  /** Downloads the packages, and those that they need and the machine does not have. */
  private static void download(
      Path folder, Path archives, List<String> lists, List<String> packages)
      throws IOException, InterruptedException {
    List<String> install =
        List.of("--yes", "--no-install-recommends", "--reinstall", "--simulate", "install");
    List<String> needed =
        run(folder, apt(lists, concat(install, packages)))
            .lines()
            .filter(line -> line.startsWith("Inst "))
            .map(line -> line.split(" ", -1)[1])
            .toList();
    run(archives, apt(lists, concat(List.of("download"), needed)));
  }

  private static List<String> apt(List<String> options, List<String> arguments) {
    return concat(concat(List.of("apt-get", "--quiet"), options), arguments);
  }

  private static List<String> concat(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private static String run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output.strip());
    }
    return output;
  }

  /**
   * A file of the packages.
   *
   * @param path as on a machine where they are installed, such as {@code /usr/lib/rsyslog}; {@code
   *     *} stands for the machine's architecture in it
   * @return where it is
   */
  public Path file(String path) {
    String architecture = System.getProperty("os.arch").replace("amd64", "x86_64");
    return root.resolve(path.substring(1).replace("*", architecture + "-linux-gnu"));
  }

  /**
   * A command that runs with the libraries of the packages.
   *
   * @param program as on a machine where they are installed, such as {@code /usr/sbin/rsyslogd}
   * @param arguments what follows
   * @return not yet started
   */
  public ProcessBuilder command(String program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(file(program).toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder process = new ProcessBuilder(command);
    process
        .environment()
        .put(
            "LD_LIBRARY_PATH",
            Stream.of("/usr/lib/*", "/lib/*", "/usr/lib")
                .map(folder -> file(folder).toString())
                .collect(Collectors.joining(":")));
    return process;
  }
}
