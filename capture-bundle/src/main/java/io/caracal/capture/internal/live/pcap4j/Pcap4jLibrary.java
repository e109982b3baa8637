package io.caracal.capture.internal.live.pcap4j;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import io.caracal.capture.internal.live.LibpcapNames;
import io.caracal.capture.internal.live.Refusal;
import java.io.IOException;

/** Shows pcap4j the way to libpcap, which it looks for once, under one name. */
final class Pcap4jLibrary {
  private Pcap4jLibrary() {}

  /**
   * Finds the library; where pcap4j knows its name by itself, pcap4j finds it.
   *
   * @param forInterface the interface that it is wanted for
   * @throws IOException if this machine has none
   */
  static void find(String forInterface) throws IOException {
    if (!Platform.isLinux()) {
      return;
    }
    String name =
        LibpcapNames.candidates().stream()
            .filter(Pcap4jLibrary::loads)
            .findFirst()
            .orElseThrow(() -> Refusal.noLibpcap(forInterface));
    System.setProperty(LibpcapNames.PROPERTY, name);
  }

  private static boolean loads(String name) {
    try {
      NativeLibrary.getInstance(name);
      return true;
    } catch (UnsatisfiedLinkError e) {
      // There is no library of this name; another may do.
      return false;
    }
  }
}
