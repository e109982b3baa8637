package io.caracal.core.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkWatchTest {
  @TempDir private Path system;

  private final Notices notices = new Notices();

  @Test
  void saysOnceThatALinkIsDownAndThatItIsUpAgain() throws IOException {
    LinkWatch watch = new LinkWatch("eth0", system, notices);
    Path state = Files.createDirectory(system.resolve("eth0")).resolve("operstate");
    for (String now : new String[] {"up", "down", "down", "up", "unknown"}) {
      Files.writeString(state, now + "\n");
      watch.look();
      assertThat(watch.down()).isEqualTo(now.equals("down"));
    }
    assertThat(notices.sentences())
        .containsExactly(
            "the link of eth0 is down; check the cable and the other end",
            "the link of eth0 is up again");
  }

  @Test
  void saysNothingWhereTheSystemTellsNothing() {
    new LinkWatch("any", system, notices).look();
    assertThat(notices.sentences()).isEmpty();
  }
}
