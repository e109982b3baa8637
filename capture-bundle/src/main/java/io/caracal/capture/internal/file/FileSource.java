package io.caracal.capture.internal.file;

import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.PacketSource;
import io.caracal.api.packet.SourceRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Component;

/**
 * Captures: pcap, pcapng and snoop, plain or packed by gzip or zstd; from files, folders, pipes and
 * standard input, complete or still being written.
 */
@Component
public final class FileSource implements PacketSource {
  private static final int PIPE_BYTES = 64 << 10;

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
          PipeBytes.title(name)
              + " takes no filter; leave the filter out, or filter the packets first with tcpdump"
              + " -r FILE -w OUT EXPRESSION");
    }
    if (PipeBytes.isStandardInput(name)) {
      return pipe(name);
    }
    Path path = path(name);
    if (Files.isDirectory(path)) {
      return FolderInput.open(path, request.follow());
    }
    return Files.isRegularFile(path) ? FileInput.open(path, request.follow()) : pipe(name);
  }

  private static FileInput pipe(String name) {
    return new FileInput(
        PipeBytes.title(name), new Capture(ReadAhead.of(new PipeBytes(name), PIPE_BYTES)));
  }

  private static Path path(String name) throws IOException {
    Path path;
    try {
      path = Path.of(name);
    } catch (InvalidPathException e) {
      throw new IOException(name + " is not a file name; check the path", e);
    }
    if (Files.notExists(path)) {
      throw new IOException(name + " does not exist; check the path");
    }
    if (!Files.isReadable(path)) {
      throw new IOException(name + " may not be read; give this user permission to read it");
    }
    return path;
  }
}
