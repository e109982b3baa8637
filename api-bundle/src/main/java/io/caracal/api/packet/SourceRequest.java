package io.caracal.api.packet;

/**
 * What to read packets from.
 *
 * @param kind capture or live interface
 * @param name path of a capture file or of a folder of them, {@code -} for standard input, or name
 *     of the interface
 * @param follow whether a capture that is still being written is waited for; files only
 * @param filter BPF filter expression in tcpdump's syntax; empty for everything. Files take none
 * @param snapshotLength bytes to keep of each frame, for live capture
 * @param bufferBytes size of the kernel's capture buffer, of one lane, for live capture
 * @param delayMillis how long the kernel may hold a frame back to hand over several at once, 0 for
 *     not at all (immediate mode), for live capture
 * @param promiscuous whether frames for others are captured too, for live capture
 */
public record SourceRequest(
    Kind kind,
    String name,
    boolean follow,
    String filter,
    int snapshotLength,
    int bufferBytes,
    int delayMillis,
    boolean promiscuous) {
  /** Where packets come from. */
  public enum Kind {
    /** Capture files. */
    FILE,
    /** A network interface. */
    LIVE
  }

  private static final int SNAPSHOT_LENGTH = 262_144;

  /**
   * A request for captures.
   *
   * @param path path of the file or folder, or {@code -}
   * @return the request
   */
  public static SourceRequest file(String path) {
    return new SourceRequest(Kind.FILE, path, false, "", SNAPSHOT_LENGTH, 0, 0, false);
  }

  /**
   * A request for captures that may still be written.
   *
   * @param path path of the file or folder
   * @return the request
   */
  public static SourceRequest growing(String path) {
    return new SourceRequest(Kind.FILE, path, true, "", SNAPSHOT_LENGTH, 0, 0, false);
  }

  /**
   * A request for an interface.
   *
   * @param name name of the interface
   * @param filter see {@link #filter()}
   * @param snapshotLength see {@link #snapshotLength()}
   * @param bufferBytes see {@link #bufferBytes()}
   * @param delayMillis see {@link #delayMillis()}
   * @param promiscuous see {@link #promiscuous()}
   * @return the request
   */
  public static SourceRequest live(
      String name,
      String filter,
      int snapshotLength,
      int bufferBytes,
      int delayMillis,
      boolean promiscuous) {
    return new SourceRequest(
        Kind.LIVE, name, false, filter, snapshotLength, bufferBytes, delayMillis, promiscuous);
  }
}
