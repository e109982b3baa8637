package io.caracal.benchmarks.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Compares what reads files: {@code FileIntake CAPTURE}, an uncompressed one of some size. */
public final class FileIntake {
  private static final int WARMUP = 4;
  private static final int MEASURED = 11;

  private FileIntake() {}

  /**
   * Prints the comparison.
   *
   * @param arguments the capture
   * @throws IOException if it cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IOException("name one capture, uncompressed; make it large");
    }
    Path capture = Path.of(arguments[0]).toAbsolutePath();
    FileDecode decode = new FileDecode(capture);
    long packets = decode.run();
    System.out.printf(
        "%,d packets of %,d bytes on average in the file%n",
        packets, Files.size(capture) / packets - 16);

    System.out.println("\nOne thread, in turn:");
    new Rounds(WARMUP, MEASURED).compare(List.of(new BareLibpcap(capture), decode));

    System.out.println("\nLanes:");
    Scaling.print(Arithmetic::new);
    Scaling.print(() -> new ResidentDecode(capture));
    Scaling.print(() -> new FileDecode(capture));

    System.out.println("\nWhole processes, from packets to flow records:");
    Path folder = Files.createTempDirectory("nfpcapd");
    try {
      WholeRun nfpcapd =
          new WholeRun(
              "nfpcapd", List.of("nfpcapd", "-r", capture.toString(), "-w", folder.toString()));
      double reference = 0;
      if (nfpcapd.installed()) {
        reference = nfpcapd.print(packets, 0);
      } else {
        System.out.println("nfpcapd is not installed (Debian package nfdump)");
      }
      WholeRun.java(
              "decode and flow table, JVM start included",
              FlowRun.class,
              List.of(capture.toString()))
          .print(packets, reference);
    } finally {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }
}
