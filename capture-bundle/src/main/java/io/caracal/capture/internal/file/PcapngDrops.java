package io.caracal.capture.internal.file;

import java.util.ArrayList;
import java.util.List;

/**
 * Frames that a capture says were dropped. Statistics of an interface count from the start of its
 * section, the last ones hold; where there are none, the drops noted with the packets are added up.
 */
final class PcapngDrops {
  private static final class OfInterface {
    private long byKernel;
    private long byInterface;
    private boolean stated;
  }

  private final List<OfInterface> section = new ArrayList<>();
  private long byKernel;
  private long byInterface;

  /** A new section starts: its interfaces are others. */
  void startSection() {
    section.clear();
  }

  /** The section has one more interface. */
  void addInterface() {
    section.add(new OfInterface());
  }

  /** Frames dropped between two packets; by whom is not said, most often it is the kernel. */
  void beforePacket(int index, long count) {
    OfInterface counts = section.get(index);
    if (!counts.stated) {
      counts.byKernel += count;
      byKernel += count;
    }
  }

  /** Statistics; a count may be {@link PcapngOptions#NONE}. */
  void state(int index, long kernelCount, long interfaceCount) {
    OfInterface counts = section.get(index);
    if (kernelCount == PcapngOptions.NONE && interfaceCount == PcapngOptions.NONE) {
      return;
    }
    long kernelBefore = counts.byKernel;
    if (kernelCount != PcapngOptions.NONE) {
      counts.byKernel = kernelCount;
    } else if (!counts.stated) {
      counts.byKernel = 0;
    }
    byKernel += counts.byKernel - kernelBefore;
    if (interfaceCount != PcapngOptions.NONE) {
      byInterface += interfaceCount - counts.byInterface;
      counts.byInterface = interfaceCount;
    }
    counts.stated = true;
  }

  long byKernel() {
    return byKernel;
  }

  long byInterface() {
    return byInterface;
  }
}
