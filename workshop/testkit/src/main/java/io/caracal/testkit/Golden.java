package io.caracal.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * Small captures cut out of the sample, {@code samples/campaign-a-slice.pcap.zst}, and the flows
 * that the sensor makes of them with every shipped view.
 */
public enum Golden {
  /** 2.6 s of benign traffic: 3,797 packets, 158 flow records. */
  BENIGN,
  /** 0.6 s with a SYN scan and a sweep of hosts in benign traffic: 1,911 packets, 110 records. */
  SCAN;

  /**
   * Writes the capture.
   *
   * @param folder where it goes
   * @return the file, pcap compressed by gzip
   */
  public Path capture(Path folder) throws IOException {
    Path file = folder.resolve(key() + ".pcap.gz");
    try (InputStream in = resource(".pcap.gz")) {
      Files.copy(in, file);
    }
    return file;
  }

  /** The flows of the capture, ends only, with the views that are shipped. */
  public FlowRows flows() {
    try (InputStream in = new GZIPInputStream(resource(".rows.gz"))) {
      return FlowRows.read(key(), in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  private InputStream resource(String ending) {
    return Objects.requireNonNull(
        Golden.class.getResourceAsStream("golden/" + key() + ending), "a resource of the testkit");
  }
}
