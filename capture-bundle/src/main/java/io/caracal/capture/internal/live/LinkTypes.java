package io.caracal.capture.internal.live;

/** Link types, which libpcap numbers per platform (DLT_) and files number once (LINKTYPE_). */
public final class LinkTypes {
  /** LINKTYPE_ETHERNET, the same in both. */
  public static final int ETHERNET = 1;

  /** LINKTYPE_RAW: packets begin with the IP header. */
  public static final int RAW_IP = 101;

  private static final int DLT_RAW = 12;
  private static final int DLT_RAW_OPENBSD = 14;

  private LinkTypes() {}

  /**
   * Translates what {@code pcap_datalink} says.
   *
   * @param dataLink a DLT_ value
   * @return the LINKTYPE_ value
   */
  public static int ofDataLink(int dataLink) {
    return dataLink == DLT_RAW || dataLink == DLT_RAW_OPENBSD ? RAW_IP : dataLink;
  }
}
