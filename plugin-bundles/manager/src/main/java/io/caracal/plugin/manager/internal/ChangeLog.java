package io.caracal.plugin.manager.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of changes: a line of JSON for each, on disk before the change is reported as done.
 * Of several processes on the same folder the one that holds its lock writes; the others read. A
 * last line without end was never reported: it is ignored, and taken away by who writes next.
 */
final class ChangeLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeLog.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Path file;
  private Optional<FileLock> lock = Optional.empty();
  private final Runnable step;
  private boolean told;
  private boolean torn;

  /** The file only grows, so that one of the same size holds the same. */
  private long size;

  private List<Change> changes = List.of();

  /**
   * The journal of a folder.
   *
   * @param step called after each step of a change
   */
  ChangeLog(Path folder, Runnable step) {
    this.folder = folder;
    this.step = step;
    this.file = folder.resolve("changes.jsonl");
  }

  /** The changes so far, the oldest first. */
  synchronized List<Change> read() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    if (Files.size(file) == size) {
      return changes;
    }
    byte[] bytes = Files.readAllBytes(file);
    int end = end(bytes);
    if (end < bytes.length && !torn) {
      torn = true;
      LOG.warn("the last line of {} is torn and is ignored: its change was not done", file);
    }
    List<Change> read = new ArrayList<>();
    String text = new String(bytes, 0, end, StandardCharsets.UTF_8);
    for (String line : text.lines().toList()) {
      try {
        read.add(Change.of(JSON.readTree(line)));
      } catch (JsonProcessingException e) {
        LOG.error("a line of {} is no JSON and is left out: {}", file, e.getOriginalMessage());
      }
    }
    size = bytes.length;
    changes = List.copyOf(read);
    return changes;
  }

  private static int end(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  /**
   * Whether this process may change what lies in the folder; asks for the lock if it has none yet.
   */
  synchronized boolean owned() {
    if (lock.isPresent() || !Files.isDirectory(folder)) {
      return lock.isPresent();
    }
    try {
      FileChannel channel =
          FileChannel.open(
              folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      lock = Optional.ofNullable(channel.tryLock());
      if (lock.isEmpty()) {
        channel.close();
        notOwned("another process works on it");
      } else {
        mend();
      }
    } catch (OverlappingFileLockException e) {
      notOwned("another sensor in this process works on it");
    } catch (IOException e) {
      notOwned(e.toString());
    }
    return lock.isPresent();
  }

  private void notOwned(String reason) {
    if (!told) {
      told = true;
      LOG.info("the folder of plugins {} is only read: {}", folder, reason);
    }
  }

  private void mend() throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (RandomAccessFile lines = new RandomAccessFile(file.toFile(), "rw")) {
      byte[] bytes = new byte[(int) lines.length()];
      lines.readFully(bytes);
      lines.setLength(end(bytes));
      size = 0;
    }
  }

  /** Writes a change to the disk; nothing if another process is the one that writes. */
  synchronized void append(Change change) throws IOException {
    if (!owned()) {
      return;
    }
    boolean begun = Files.exists(file);
    String line = JSON.writeValueAsString(JSON.valueToTree(change)) + "\n";
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(line);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      step.run();
      out.force(true);
    }
    step.run();
    if (!begun) {
      PluginFiles.sync(folder);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (lock.isPresent()) {
      lock.get().channel().close();
      lock = Optional.empty();
    }
  }
}
