package io.caracal.capture.internal.live;

import java.util.List;

/** Under which names libpcap may be installed. */
public final class LibpcapNames {
  /** Where pcap4j looks for the name of the library; read once, when its first class is loaded. */
  public static final String PROPERTY = "org.pcap4j.core.pcapLibName";

  private LibpcapNames() {}

  /**
   * The names to try.
   *
   * @return the one of {@link #PROPERTY} if it is set; otherwise Debian's, that of others, and the
   *     one that comes with development packages only
   */
  public static List<String> candidates() {
    String given = System.getProperty(PROPERTY, "");
    return given.isEmpty()
        ? List.of("libpcap.so.0.8", "libpcap.so.1", "libpcap.so")
        : List.of(given);
  }
}
