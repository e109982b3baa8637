package io.caracal.alert.eve.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import io.caracal.api.alert.SensorEvent;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A file with one JSON object per line. A delivery is in the hands of the operating system when it
 * returns; one that fails leaves no trace in the file, since the host will repeat it.
 */
final class EveFile {
  private static final int BUFFER = 1 << 16;

  private final Set<EveType> types;
  // Not a channel: an interrupt of the writing thread would close it.
  private final FileOutputStream file;
  private final JsonFactory factory = new JsonFactoryBuilder().rootValueSeparator("").build();
  private final EveTime time = new EveTime();
  private long delivered;

  private EveFile(FileOutputStream file, Set<EveType> types) {
    this.file = file;
    this.types = types;
  }

  /**
   * Starts the file anew, and makes the directories it needs.
   *
   * @throws IOException with a sentence for the operator
   */
  static EveFile open(Path path, Set<EveType> types) throws IOException {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      return new EveFile(new FileOutputStream(path.toFile()), types);
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

  boolean wants(Class<? extends SensorEvent> type) {
    return types.stream().anyMatch(wanted -> wanted.event == type);
  }

  void deliver(List<SensorEvent> events) throws IOException {
    CountingStream out = new CountingStream(file);
    try (JsonGenerator json = factory.createGenerator(new BufferedOutputStream(out, BUFFER))) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      EveEncoder encoder = new EveEncoder(json, time);
      for (SensorEvent event : events) {
        encoder.write(event);
        json.writeRaw('\n');
      }
      json.flush();
      delivered += out.written;
    } catch (IOException | RuntimeException e) {
      forget(e);
      throw e;
    }
  }

  private void forget(Exception cause) {
    try {
      file.getChannel().truncate(delivered);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  void close() throws IOException {
    file.close();
  }

  /** Counts what reached the operating system. */
  private static final class CountingStream extends FilterOutputStream {
    private long written;

    CountingStream(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      written += length;
    }

    @Override
    public void write(int octet) throws IOException {
      out.write(octet);
      written++;
    }
  }
}
