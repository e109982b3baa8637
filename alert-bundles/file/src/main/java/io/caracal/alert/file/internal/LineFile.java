package io.caracal.alert.file.internal;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of lines. What is appended is in the hands of the operating system afterwards; what fails
 * leaves no trace in the file, since the host will repeat it. One thread appends; any may ask to
 * reopen the file. Another version of the sink may have it open as well and write in its turn: each
 * opens it again where it is not as it was left.
 */
final class LineFile {
  private static final Logger LOG = LoggerFactory.getLogger(LineFile.class);

  private static final long NOTHING = -1;

  private final Path path;
  private final Rotation rotation;
  private final RotatedFiles rotated;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  // Not a channel: an interrupt of the writing thread would close it.
  private FileOutputStream file;
  private long written;
  private long begunMillis;
  private Object key = "";

  /**
   * Opens the file, and makes the directories it needs.
   *
   * @param append whether to go on with what the file holds, or to start it anew; what this process
   *     has written is always gone on with
   * @throws IOException with a sentence for the operator
   */
  LineFile(Path path, boolean append, Rotation rotation) throws IOException {
    this.path = path.toAbsolutePath();
    this.rotation = rotation;
    this.rotated = new RotatedFiles(this.path, rotation);
    file = open(append);
    if (Files.isRegularFile(this.path)) {
      written = NOTHING; // what was left is looked at when the first line is written
    }
  }

  /** Whether a file was written since this process began, by another version of the sink. */
  private static boolean ours(Path path) throws IOException {
    return Files.isRegularFile(path)
        && Files.getLastModifiedTime(path).toMillis()
            >= ManagementFactory.getRuntimeMXBean().getStartTime();
  }

  private FileOutputStream open(boolean append) throws IOException {
    try {
      Files.createDirectories(path.getParent());
      FileOutputStream opened = new FileOutputStream(path.toFile(), append || ours(path));
      boolean regular = Files.isRegularFile(path);
      key = regular ? key(path) : "";
      written = regular ? Files.size(path) : 0;
      begunMillis =
          written > 0 ? Files.getLastModifiedTime(path).toMillis() : System.currentTimeMillis();
      return opened;
    } catch (IOException e) {
      throw new IOException(
          "the file "
              + path
              + " of the setting eve.file cannot be written ("
              + reason(e)
              + "); set eve.file to a path that this user may write",
          e);
    }
  }

  private static Object key(Path path) throws IOException {
    Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    return Optional.ofNullable(key).orElse("");
  }

  /** Whether the file is as this left it: of the same name, and nobody else wrote into it. */
  private boolean asLeft() throws IOException {
    return !Files.isRegularFile(path) || (Files.size(path) == written && key(path).equals(key));
  }

  /**
   * Opens the file again. A last line without end, which a crash has torn, is taken away: its event
   * was not delivered and comes again.
   */
  private void goOn() throws IOException {
    file.close();
    file = open(true);
    if (Files.isRegularFile(path)) {
      mend();
      written = Files.size(path);
    }
  }

  private void mend() throws IOException {
    try (RandomAccessFile lines = new RandomAccessFile(path.toFile(), "rw")) {
      long size = lines.length();
      long end = size;
      while (end > 0 && byteAt(lines, end - 1) != '\n') {
        end--;
      }
      if (end < size) {
        lines.setLength(end);
        LOG.warn("{} ended within a line; its {} bytes were taken away", path, size - end);
      }
    }
  }

  private static int byteAt(RandomAccessFile lines, long position) throws IOException {
    lines.seek(position);
    return lines.read();
  }

  private String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "permission denied on " + denied.getFile();
      case FileAlreadyExistsException exists -> exists.getFile() + " is not a directory";
      default -> String.valueOf(e.getMessage()).replace(path + " (", "").replaceFirst("\\)$", "");
    };
  }

  synchronized void append(Stream<byte[]> lines) throws IOException {
    pending.reset();
    lines.forEach(
        line -> {
          pending.writeBytes(line);
          pending.write('\n');
        });
    if (!file.getFD().valid() || !asLeft()) { // or closed for a change of names that then failed
      goOn();
    }
    if (rotation.due(written, pending.size(), begunMillis, System.currentTimeMillis())) {
      file.close();
      rotated.add();
      file = open(true);
    }
    try {
      pending.writeTo(file);
      written += pending.size();
    } catch (IOException e) {
      forget(e);
      throw new IOException("the file " + path + " takes no more: " + reason(e), e);
    }
  }

  private void forget(Exception cause) {
    try {
      file.getChannel().truncate(written);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Goes on under the file's name, after somebody else has renamed or removed it. */
  synchronized void reopen() throws IOException {
    file.close();
    file = open(true);
  }

  synchronized void close() throws IOException {
    file.close();
    rotated.close();
  }
}
