package io.caracal.capture.internal.file;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Standard input or a named pipe. A read waits for bytes. To open a named pipe waits for its
 * writer, so that is left to the first read.
 */
final class PipeBytes implements ByteSource {
  private static final String STANDARD_INPUT = "-";

  private final String name;
  private Optional<FileChannel> channel = Optional.empty();

  PipeBytes(String name) {
    this.name = name;
  }

  /** Whether a name means standard input. */
  static boolean isStandardInput(String name) {
    return name.equals(STANDARD_INPUT);
  }

  /** What sentences call an input of this name. */
  static String title(String name) {
    return isStandardInput(name) ? "standard input" : name;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    try {
      if (channel.isEmpty()) {
        channel = Optional.of(open());
      }
      return channel.get().read(target);
    } catch (IOException e) {
      throw ByteSource.failure(title(name), e);
    }
  }

  private FileChannel open() throws IOException {
    return isStandardInput(name)
        ? new FileInputStream(FileDescriptor.in).getChannel()
        : FileChannel.open(Path.of(name), StandardOpenOption.READ);
  }

  @Override
  public double progress() {
    return -1;
  }

  @Override
  public void close() {
    try {
      if (channel.isPresent()) {
        channel.get().close();
      }
    } catch (IOException e) {
      // Only read from: nothing can be lost.
    }
  }
}
