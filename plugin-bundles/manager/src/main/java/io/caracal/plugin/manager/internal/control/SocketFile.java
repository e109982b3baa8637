package io.caracal.plugin.manager.internal.control;

import io.caracal.plugin.control.ControlAddress;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * A socket that only its owner can reach: made in a folder that nobody else may enter, and moved to
 * its place when its own permissions are set.
 *
 * @param channel listens
 * @param path where
 * @param key what tells the file from another one that takes its place
 */
record SocketFile(ServerSocketChannel channel, Path path, Object key) implements AutoCloseable {
  private static final int WAITING = 16;

  /**
   * Listens in a folder, which is made if it is not there. A socket whose sensor is dead is
   * replaced.
   *
   * @throws IOException with a sentence if another sensor answers, or it cannot be done
   */
  static SocketFile open(Path state) throws IOException {
    Path path = state.resolve(ControlAddress.NAME);
    if (answers(path)) {
      throw new IOException(
          "another sensor that runs with the state folder "
              + state
              + " takes them; give each a folder of its own by the setting state.dir");
    }
    Files.createDirectories(
        state, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path folder = state.resolve(".control"); // not longer than the name of the socket
    Path made = folder.resolve("s");
    Files.deleteIfExists(made);
    Files.deleteIfExists(folder);
    Files.createDirectory(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      ControlAddress.of(path);
      channel.bind(ControlAddress.of(made), WAITING);
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
      Files.move(made, path, StandardCopyOption.ATOMIC_MOVE);
      return new SocketFile(channel, path, key(path));
    } catch (IOException e) {
      channel.close();
      throw e;
    } finally {
      Files.deleteIfExists(made);
      Files.delete(folder);
    }
  }

  private static boolean answers(Path path) {
    try (SocketChannel other = SocketChannel.open(ControlAddress.of(path))) {
      return other.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static Object key(Path path) throws IOException {
    return Objects.requireNonNullElse(
        Files.readAttributes(path, BasicFileAttributes.class).fileKey(), path);
  }

  /** Stops listening, and takes the file away if it is still this one. */
  @Override
  public void close() throws IOException {
    channel.close();
    if (Files.exists(path) && key(path).equals(key)) {
      Files.deleteIfExists(path);
    }
  }
}
