package io.caracal.core.internal.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/**
 * The site profiles in the folder of plugins, which running sensors watch.
 *
 * @param folder the folder
 */
public record PluginFolder(Path folder) {
  /**
   * Puts a profile in force, in one step.
   *
   * @return where it lies
   * @throws IOException with a sentence if the profile is none, or the folder cannot be written
   */
  public Path apply(Path jar, SiteProfile profile) throws IOException {
    if (!profile.learnt()) {
      throw new IOException(jar + " was not learnt on a site; name a jar that learn wrote");
    }
    try {
      Files.createDirectories(folder);
      Path unfinished = Files.createTempFile(folder, "profile", ".part");
      Files.copy(jar, unfinished, StandardCopyOption.REPLACE_EXISTING);
      return Files.move(
          unfinished,
          folder.resolve(jar.getFileName()),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IOException(
          folder + " cannot be written (" + e + "); set plugins.dir to a folder that can", e);
    }
  }

  /**
   * Removes the profile of the highest version.
   *
   * @return where it lay
   * @throws IOException with a sentence if there is none
   */
  public Path rollback() throws IOException {
    Map<Path, Version> profiles = new HashMap<>();
    for (Path jar : jars()) {
      version(jar, profiles);
    }
    Path highest =
        profiles.entrySet().stream()
            .max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
            .map(Map.Entry::getKey)
            .orElseThrow(() -> new IOException("no site profile is applied in " + folder));
    Files.delete(highest);
    return highest;
  }

  private static void version(Path jar, Map<Path, Version> profiles) {
    try {
      SiteProfile profile = SiteProfile.read(jar);
      if (profile.learnt()) {
        profiles.put(jar, Version.parseVersion(profile.version()));
      }
    } catch (IOException e) {
      // Other plugins lie there too.
    }
  }

  private List<Path> jars() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }
}
