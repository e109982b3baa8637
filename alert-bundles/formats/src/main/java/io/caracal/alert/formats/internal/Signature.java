package io.caracal.alert.formats.internal;

import io.caracal.api.alert.AlertEvent;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * What EVE calls a signature: here the class of the attack, by a stable number and a sentence.
 *
 * @param id number of the class, the same in every run and version
 * @param text who did what to whom
 */
record Signature(long id, String text) {
  /** Sets our signature numbers apart from those of rule sets, which use generators 1 to 3. */
  static final int GENERATOR = 6000;

  /** Counts up when the meaning of {@link #id} changes. */
  static final int REVISION = 1;

  static Signature of(AlertEvent alert) {
    String attackClass = alert.attackClass().name();
    return new Signature(
        id(attackClass), attackClass + " by " + alert.attacker() + ": " + target(alert));
  }

  /**
   * 31 bits of the CRC-32 of the class name, so that receivers with signed integers can read it.
   */
  static long id(String attackClass) {
    CRC32 crc = new CRC32();
    crc.update(attackClass.getBytes(StandardCharsets.UTF_8));
    return crc.getValue() & 0x7FFF_FFFF;
  }

  private static String target(AlertEvent alert) {
    String hosts =
        alert.victimCount() == 1
            ? alert.victims().getFirst()
            : alert.victimCount()
                + (alert.victimCount() >= AlertEvent.COUNTED ? "+" : "")
                + " hosts";
    if (alert.portCount() == 0 || !Protocol.hasPorts(alert.strongest().identity().protocol())) {
      return alert.strongest().identity().protocolName() + " to " + hosts;
    }
    String ports =
        alert.portCount() == 1 ? "port " + alert.ports().getFirst() : alert.portCount() + " ports";
    return ports + " on " + hosts;
  }
}
