package io.caracal.plugin.manager.internal.catalogue;

import io.caracal.plugin.manager.internal.PluginJar;
import io.caracal.plugin.manager.internal.Refusal;
import io.caracal.plugin.signing.Fingerprint;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The index of each catalogue that was seen last: what updates are told by without asking anybody,
 * and what no older one may take the place of.
 *
 * @param folder created with the first one
 */
record SeenIndexes(Path folder) {
  private static final int NAME = 16;

  private Path file(URI catalogue) {
    String name = Fingerprint.of(catalogue.toString().getBytes(StandardCharsets.UTF_8));
    return folder.resolve(name.substring(0, NAME) + ".jar");
  }

  /** The index of a catalogue that was seen last, empty if none was. */
  Optional<PluginJar> last(URI catalogue) throws Refusal {
    Path file = file(catalogue);
    try {
      return Files.exists(file)
          ? Optional.of(PluginJar.of(file.toString(), Files.readAllBytes(file)))
          : Optional.empty();
    } catch (IOException e) {
      throw new Refusal(file + " cannot be read (" + e + "); see to its rights", e);
    }
  }

  /**
   * Remembers an index that was verified.
   *
   * @throws Refusal if it is older than the one seen last, or of another catalogue
   */
  void see(URI catalogue, PluginJar index) throws Refusal {
    Optional<PluginJar> last = last(catalogue);
    if (last.isPresent()) {
      requireProgress(catalogue, index, last.get());
    }
    Path file = file(catalogue);
    try {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, "", ".part");
      Files.write(part, index.stream().readAllBytes());
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new Refusal(
          file + " cannot be written (" + e + "); see to the rights on plugins.dir", e);
    }
  }

  private void requireProgress(URI catalogue, PluginJar index, PluginJar last) throws Refusal {
    if (!last.symbolicName().equals(index.symbolicName())) {
      throw new Refusal(
          "the catalogue "
              + catalogue
              + " was "
              + last.symbolicName()
              + " and is "
              + index.symbolicName()
              + " now; delete "
              + file(catalogue)
              + " if that is right");
    }
    if (last.version().compareTo(index.version()) > 0) {
      throw new Refusal(
          "the index of the catalogue "
              + catalogue
              + " is of "
              + index.version()
              + ", older than the one seen last, of "
              + last.version()
              + ": it may hide newer versions; get the newest, or make it anew with: caracal"
              + " catalogue");
    }
  }
}
