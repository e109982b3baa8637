package io.caracal.capture.internal.file;

import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.PacketSource;
import io.caracal.api.packet.SourceRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.osgi.service.component.annotations.Component;

/** Capture files: pcap and pcapng, plain or packed by gzip or zstd. */
@Component
public final class FileSource implements PacketSource {
  @Override
  public String name() {
    return "file";
  }

  @Override
  public boolean supports(SourceRequest request) {
    return request.kind() == SourceRequest.Kind.FILE;
  }

  @Override
  public PacketInput open(SourceRequest request) throws IOException {
    String name = request.name();
    if (!request.filter().isEmpty()) {
      throw new IOException(
          name
              + " is a file and takes no filter; leave the filter out, or write a filtered file"
              + " first with tcpdump -r FILE -w OUT EXPRESSION");
    }
    try {
      return input(name, bytes(path(name)));
    } catch (DamagedCapture e) {
      throw new IOException(name + " " + e.getMessage(), e);
    }
  }

  private static FileInput input(String name, CaptureBytes bytes) throws DamagedCapture {
    try {
      return new FileInput(name, bytes, CaptureRecords.of(bytes));
    } catch (DamagedCapture | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  private static Path path(String name) throws IOException {
    Path path;
    try {
      path = Path.of(name);
    } catch (InvalidPathException e) {
      throw new IOException(name + " is not a file name; check the path", e);
    }
    if (Files.isDirectory(path)) {
      throw new IOException(name + " is a directory; name the capture files in it");
    }
    if (Files.notExists(path)) {
      throw new IOException(name + " does not exist; check the path");
    }
    if (!Files.isReadable(path)) {
      throw new IOException(name + " may not be read; give this user permission to read it");
    }
    if (!Files.isRegularFile(path)) {
      throw new IOException(name + " is not a regular file; write the packets to a file first");
    }
    if (Files.size(path) == 0) {
      throw new IOException(name + " is empty; name a capture that holds packets");
    }
    return path;
  }

  private static CaptureBytes bytes(Path path) throws IOException {
    // A mapping outlives its channel.
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      Compression compression = Compression.of(magic(channel));
      if (compression == Compression.NONE) {
        return MappedBytes.of(channel);
      }
      if (!compression.supported()) {
        throw new IOException(
            path
                + " is packed by "
                + compression.name().toLowerCase(Locale.ROOT)
                + "; unpack it first, or pack it by gzip or zstd");
      }
      return UnpackedBytes.of(channel, compression);
    }
  }

  private static int magic(FileChannel channel) throws IOException {
    ByteBuffer first = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    int count = 0;
    while (first.hasRemaining() && count >= 0) {
      count = channel.read(first, first.position());
    }
    return first.getInt(0);
  }
}
