import com.google.googlejavaformat.java.Formatter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Checks (mode {@code check}) or rewrites (mode {@code write}) the layout of every Java source below a folder. */
final class Format {
  public static void main(String[] arguments) throws Exception {
    boolean write = arguments[0].equals("write");
    Path root = Path.of(arguments[1]);
    List<Path> wrong = new ArrayList<>();
    for (Path source : sources(root)) {
      String before = Files.readString(source);
      String after = new Formatter().formatSourceAndFixImports(before);
      if (!after.equals(before)) {
        wrong.add(root.relativize(source));
        if (write) {
          Files.writeString(source, after);
        }
      }
    }
    if (write) {
      System.out.println("formatted " + wrong.size() + " files");
    } else if (!wrong.isEmpty()) {
      System.err.println("not formatted: " + wrong);
      System.err.println("remedy: mvn -N verify -Dformat.mode=write");
      System.exit(1);
    }
  }

  private static List<Path> sources(Path root) throws IOException {
    try (var paths = Files.walk(root)) {
      return paths
          .filter(p -> p.toString().endsWith(".java"))
          .filter(p -> p.toString().contains("/src/"))
          .filter(p -> !p.toString().contains("/target/"))
          .sorted()
          .toList();
    }
  }
}
