package io.caracal.capture.internal.file;

import io.caracal.api.packet.PacketInput;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The captures in a folder, not in those below it, in the order of their first packets. When the
 * folder is followed, more may come; a file that is written anew (a ring of files) counts as
 * another capture, told by the time of its first packet.
 */
final class FolderCaptures {
  /** A capture by its first packet. */
  record Start(long nanos, Path path) {}

  /** What a file looked like. */
  private record Look(FileTime modified, long size) {}

  private final Path folder;
  private final boolean followed;
  private final Map<Path, Look> looks = new HashMap<>();
  private final Set<Start> seen = new HashSet<>();
  private final PriorityQueue<Start> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Start::nanos).thenComparing(Start::path));
  private final Set<String> notices = new LinkedHashSet<>();

  FolderCaptures(Path folder, boolean followed) {
    this.folder = folder;
    this.followed = followed;
  }

  /**
   * Looks for captures that have not been seen yet.
   *
   * @throws IOException if the folder cannot be read
   */
  void scan() throws IOException {
    for (Path file : files()) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        Look look = new Look(attributes.lastModifiedTime(), attributes.size());
        if (!look.equals(looks.put(file, look))) {
          probe(file);
        }
      } catch (NoSuchFileException e) {
        looks.remove(file); // a ring of files loses its oldest one
      } catch (IOException e) {
        notices.add(e.getMessage() + ".");
      }
    }
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, Files::isRegularFile)) {
      entries.forEach(files::add);
    } catch (DirectoryIteratorException e) {
      throw ByteSource.failure(folder, e.getCause());
    } catch (IOException e) {
      throw ByteSource.failure(folder, e);
    }
    files.sort(Comparator.naturalOrder());
    return files;
  }

  private void probe(Path file) throws IOException {
    try (FileInput input = FileInput.open(file, followed)) {
      int packets = input.poll(frame -> {}, 1, 0);
      if (packets == PacketInput.END) {
        notices.addAll(input.notices());
      } else if (packets > 0) {
        Start start = new Start(input.lastNanos(), file);
        if (seen.add(start)) {
          waiting.add(start);
        }
      }
    }
  }

  /** The next capture, until {@link #next} takes it. */
  Optional<Start> peek() {
    return Optional.ofNullable(waiting.peek());
  }

  /** Takes the next capture. */
  Optional<Start> next() {
    return Optional.ofNullable(waiting.poll());
  }

  /** Bytes of all captures. */
  long bytes() {
    return seen.stream().mapToLong(start -> bytes(start.path())).sum();
  }

  /** Bytes of a file when it was last looked at. */
  long bytes(Path file) {
    Look look = looks.get(file);
    return look == null ? 0 : look.size();
  }

  /** What there is to say about files that hold no packets. */
  Set<String> notices() {
    return notices;
  }
}
