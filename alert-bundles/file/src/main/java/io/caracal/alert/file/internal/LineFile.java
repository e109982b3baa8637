package io.caracal.alert.file.internal;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A file of lines. What is appended is in the hands of the operating system afterwards; what fails
 * leaves no trace in the file, since the host will repeat it.
 */
final class LineFile {
  // Not a channel: an interrupt of the writing thread would close it.
  private final FileOutputStream file;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private long written;

  private LineFile(FileOutputStream file) {
    this.file = file;
  }

  /**
   * Starts the file anew, and makes the directories it needs.
   *
   * @throws IOException with a sentence for the operator
   */
  static LineFile open(Path path) throws IOException {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      return new LineFile(new FileOutputStream(path.toFile()));
    } catch (IOException e) {
      throw new IOException(
          "the file "
              + path
              + " of the setting eve.file cannot be written ("
              + reason(e, path)
              + "); set eve.file to a path that this user may write",
          e);
    }
  }

  private static String reason(IOException e, Path path) {
    return switch (e) {
      case AccessDeniedException denied -> "permission denied on " + denied.getFile();
      case FileAlreadyExistsException exists -> exists.getFile() + " is not a directory";
      default -> String.valueOf(e.getMessage()).replace(path + " (", "").replaceFirst("\\)$", "");
    };
  }

  void append(Stream<byte[]> lines) throws IOException {
    pending.reset();
    lines.forEach(
        line -> {
          pending.writeBytes(line);
          pending.write('\n');
        });
    try {
      pending.writeTo(file);
      written += pending.size();
    } catch (IOException e) {
      forget(e);
      throw e;
    }
  }

  private void forget(Exception cause) {
    try {
      file.getChannel().truncate(written);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  void close() throws IOException {
    file.close();
  }
}
