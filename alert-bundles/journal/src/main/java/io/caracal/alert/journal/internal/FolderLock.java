package io.caracal.alert.journal.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Holds a folder against other sensors; the operating system lets go when the process ends. */
final class FolderLock implements AutoCloseable {
  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the folder, which is created if need be.
   *
   * @throws IOException with a sentence for the operator
   */
  @SuppressWarnings("resource") // closed with this
  static FolderLock take(Path folder) throws IOException {
    FileChannel channel = open(folder);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new FolderLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      // held by this process: told below
    }
    channel.close();
    throw new IOException(
        "the folder "
            + folder
            + " is in use by another sensor; stop that one, or give this one a folder of its own:"
            + " --set state.dir=DIR");
  }

  private static FileChannel open(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
      return FileChannel.open(
          folder.resolve("caracal.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new IOException(
          "the folder "
              + folder
              + " cannot be written; choose another one: --set state.dir=DIR ("
              + e
              + ")",
          e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
