package io.caracal.core.internal.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Says when the link of an interface goes down and when it is up again, which a source may survive
 * without a word. Linux tells it in {@code /sys/class/net/INTERFACE/operstate}; elsewhere nothing
 * is said.
 */
final class LinkWatch {
  /** Where Linux describes its interfaces. */
  static final Path SYSTEM = Path.of("/sys/class/net");

  private final String name;
  private final Path state;
  private final Notices notices;
  private volatile boolean down;

  LinkWatch(String name, Path system, Notices notices) {
    this.name = name;
    this.state = system.resolve(name).resolve("operstate");
    this.notices = notices;
  }

  /** Looks at the link as it is now. */
  void look() {
    boolean downNow = state().equals("down");
    if (downNow && !down) {
      notices.warn("the link of " + name + " is down; check the cable and the other end");
    } else if (!downNow && down) {
      notices.good("the link of " + name + " is up again");
    }
    down = downNow;
  }

  private String state() {
    try {
      return Files.readString(state).strip();
    } catch (IOException e) {
      return "unknown"; // an interface that is gone makes its input fail
    }
  }

  /** Whether the link is down; for any thread. */
  boolean down() {
    return down;
  }
}
