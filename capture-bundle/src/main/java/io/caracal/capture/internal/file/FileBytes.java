package io.caracal.capture.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * A regular file, which may still be written. It is read and not mapped: to read into a small
 * window that stays in the processor's cache is as fast, and when another process truncates the
 * file this is an error to report, where touching a mapping would raise a signal.
 */
final class FileBytes implements ByteSource {
  private final Path path;
  private final FileChannel channel;
  private final Object identity;
  private boolean growing;
  private long position;
  private long size;

  private FileBytes(Path path, FileChannel channel, boolean growing) throws IOException {
    this.path = path;
    this.channel = channel;
    this.growing = growing;
    identity = identity(path);
    size = channel.size();
  }

  static FileBytes open(Path path, boolean growing) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new FileBytes(path, channel, growing);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static Object identity(Path path) throws IOException {
    Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    return Objects.requireNonNullElse(key, path); // some file systems have no keys
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int count = get(target);
    if (count > 0) {
      position += count;
      return count;
    }
    long before = Math.max(size, position);
    size = channel.size();
    if (size < before) {
      throw new IOException(
          "%s became shorter while it was read, from %d to %d bytes; capture it again"
              .formatted(path, before, size));
    }
    if (!growing) {
      return END;
    }
    if (Files.notExists(path) || !identity.equals(identity(path))) {
      throw new IOException(
          path
              + " was moved, removed or replaced while it was followed; what it held until then was"
              + " read; to follow captures that rotate, name their folder");
    }
    return 0;
  }

  private int get(ByteBuffer target) throws IOException {
    try {
      return channel.read(target, position);
    } catch (IOException e) {
      throw ByteSource.failure(path, e);
    }
  }

  @Override
  public long skip(long bytes) {
    long skipped = Math.clamp(size - position, 0, bytes);
    position += skipped;
    return skipped;
  }

  @Override
  public void complete() {
    growing = false;
  }

  @Override
  public double progress() {
    if (growing) {
      return -1;
    }
    return size == 0 ? 1 : Math.min(1, (double) position / size);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Only read from: nothing can be lost.
    }
  }
}
