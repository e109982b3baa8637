package io.caracal.plugin.manager.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The files in the folder of plugins. Each change is one that the disk makes whole or not. */
final class PluginFiles {
  private final Path folder;
  private final Runnable step;

  /**
   * The files of a folder.
   *
   * @param step called after each step of a change
   */
  PluginFiles(Path folder, Runnable step) {
    this.folder = folder;
    this.step = step;
  }

  /** Whether a file lies in the folder. */
  boolean holds(Path file) {
    return folder
        .toAbsolutePath()
        .normalize()
        .equals(file.toAbsolutePath().normalize().getParent());
  }

  /** Creates the folder if it is not there. */
  void create() throws Refusal {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new Refusal(
          "the folder of plugins "
              + folder
              + " cannot be created ("
              + e
              + "); name another one by plugins.dir",
          e);
    }
  }

  /** Puts a plugin into the folder, as NAME-VERSION.jar. */
  Path place(PluginJar jar) throws IOException {
    Path target = folder.resolve(jar.symbolicName() + "-" + jar.version() + ".jar");
    Path part = folder.resolve(target.getFileName() + ".part");
    try (InputStream in = jar.stream()) {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
    }
    step.run();
    try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    step.run();
    sync(folder);
    step.run();
    return target;
  }

  /** Takes a file out of the folder for good. */
  void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      step.run();
      sync(folder);
    }
  }

  /** Puts a file aside into {@code retired/}, from where it can be installed again. */
  void retire(Path file) throws IOException {
    Path retired = Files.createDirectories(folder.resolve("retired"));
    try {
      Files.move(file, retired.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      return; // somebody took it away meanwhile
    }
    sync(retired);
    sync(folder);
  }

  /** Sees to it that what was created, renamed or deleted in a folder is on the disk. */
  static void sync(Path folder) throws IOException {
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }
}
