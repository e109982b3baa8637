package io.caracal.plugin.manager.internal.trust;

import io.caracal.api.plugin.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * What the archive of a plugin may hold: so many entries, so much when unpacked, paths that stay
 * inside, and nothing twice. Jars within it that are on the class path of the bundle count as well.
 *
 * @param entries most entries
 * @param unpacked most bytes of all entries when unpacked
 */
record ArchiveRules(int entries, long unpacked) {
  /** More than code, weights and text ever shrink; filling bytes shrink a thousandfold. */
  private static final long RATIO = 100;

  /** Below this the ratio does not matter. */
  private static final long SMALL = 16L << 20;

  private static final int NAME = 512;
  private static final int CHUNK = 1 << 16;

  /** What the entries of the house's interface are called; a plugin imports them. */
  private static final List<String> HOUSE = List.of("io/caracal/api/", "java/");

  static ArchiveRules of(Settings settings) {
    return new ArchiveRules(
        settings.integer("plugins.max-entries", 10_000),
        (long) settings.number("plugins.max-unpacked-bytes", 1L << 30));
  }

  /**
   * What was found in an archive.
   *
   * @param problem a clause that says what is wrong with it, if anything is
   * @param names of the entries, in the order in which they lie in it, up to the problem
   */
  record Contents(Optional<String> problem, List<String> names) {}

  /** Walks through an archive, once. */
  Contents examine(InputStream archive, long packed, Set<String> nested) {
    Scan scan = new Scan(Math.min(unpacked, Math.max(SMALL, packed * RATIO)), nested);
    return new Contents(problem(archive, scan), scan.names);
  }

  private static Optional<String> problem(InputStream archive, Scan scan) {
    try (ZipInputStream zip = new ZipInputStream(archive)) {
      scan.walk(zip, "");
      return Optional.empty();
    } catch (Unacceptable e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of("is no readable jar (" + e.getMessage() + "); copy the whole file");
    }
  }

  private static final class Unacceptable extends IOException {
    private static final long serialVersionUID = 1L;

    Unacceptable(String clause) {
      super(clause);
    }
  }

  /** One walk through an archive and those within. */
  private final class Scan {
    private final byte[] chunk = new byte[CHUNK];
    private final long most;
    private final Set<String> nested;
    private final List<String> names = new ArrayList<>();
    private int count;
    private long bytes;

    Scan(long most, Set<String> nested) {
      this.most = most;
      this.nested = nested;
    }

    void walk(ZipInputStream zip, String within) throws IOException {
      Set<String> seen = new HashSet<>();
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        check(name, within + name);
        if (within.isEmpty()) {
          names.add(name);
        }
        if (!seen.add(name.toLowerCase(Locale.ROOT))) {
          throw new Unacceptable("holds the entry " + within + name + " twice");
        }
        if (++count > entries) {
          throw new Unacceptable(
              "has more than " + entries + " entries; raise plugins.max-entries if that is right");
        }
        if (within.isEmpty() && nested.contains(name)) {
          walk(new ZipInputStream(counted(zip)), name + "!/");
        }
        read(zip);
      }
    }

    private void read(InputStream in) throws IOException {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        count(n);
      }
    }

    private void count(int more) throws Unacceptable {
      bytes += more;
      if (bytes > most) {
        throw new Unacceptable(
            most < unpacked
                ? "unpacks to more than "
                    + RATIO
                    + " times its size, as no plugin does and bombs do; pack it anew"
                : "unpacks to more than "
                    + unpacked
                    + " bytes; raise plugins.max-unpacked-bytes if that is right");
      }
    }

    private InputStream counted(InputStream in) {
      return new InputStream() {
        @Override
        public int read() throws IOException {
          int one = in.read();
          count(one < 0 ? 0 : 1);
          return one;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
          int n = in.read(into, from, length);
          count(Math.max(0, n));
          return n;
        }
      };
    }

    private void check(String name, String full) throws Unacceptable {
      if (name.startsWith("/")
          || name.contains("\\")
          || name.contains(":")
          || name.length() > NAME
          || name.chars().anyMatch(Character::isISOControl)
          || List.of(name.split("/", -1)).contains("..")) {
        throw new Unacceptable(
            "has an entry whose path leads out of it or is none: '"
                + full.replaceAll("\\p{Cntrl}", "?")
                + "'; pack it anew");
      }
      String path = name.startsWith("META-INF/versions/") ? afterVersion(name) : name;
      if (path.endsWith(".class") && HOUSE.stream().anyMatch(path::startsWith)) {
        throw new Unacceptable(
            "brings its own copy of " + full + "; import the package of the sensor instead");
      }
    }

    private static String afterVersion(String name) {
      return name.replaceFirst("^META-INF/versions/[^/]*/", "");
    }
  }
}
