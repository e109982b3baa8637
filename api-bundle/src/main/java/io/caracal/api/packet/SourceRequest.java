package io.caracal.api.packet;

/**
 * What to read packets from.
 *
 * @param kind file or live interface
 * @param name path of the file, or name of the interface
 * @param filter BPF filter expression in tcpdump's syntax; empty for everything. Files take none
 * @param snapshotLength bytes to keep of each frame, for live capture
 * @param bufferBytes size of the kernel's capture buffer, for live capture
 */
public record SourceRequest(
    Kind kind, String name, String filter, int snapshotLength, int bufferBytes) {
  /** Where packets come from. */
  public enum Kind {
    /** A capture file. */
    FILE,
    /** A network interface. */
    LIVE
  }

  /**
   * A request for a capture file.
   *
   * @param path path of the file
   * @return the request
   */
  public static SourceRequest file(String path) {
    return new SourceRequest(Kind.FILE, path, "", 262_144, 0);
  }
}
