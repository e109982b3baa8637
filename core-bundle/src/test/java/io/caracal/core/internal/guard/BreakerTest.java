package io.caracal.core.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BreakerTest {
  private static final long QUICK = Duration.ofMillis(1).toNanos();
  private static final long SLOW = Duration.ofMillis(501).toNanos();

  private final Breaker breaker = new Breaker(Limits.DEFAULT);

  private Optional<String> calls(int count, long nanos, int rows) {
    Optional<String> verdict = Optional.empty();
    for (int i = 0; i < count && verdict.isEmpty(); i++) {
      verdict = breaker.succeeded(nanos, rows);
    }
    return verdict;
  }

  @Test
  void fiveFailuresInARowAreTooMany() {
    for (int round = 0; round < 4; round++) {
      assertThat(breaker.failed("x")).isEmpty();
    }
    assertThat(breaker.succeeded(QUICK, 256)).isEmpty();
    for (int round = 0; round < 4; round++) {
      assertThat(breaker.failed("x")).isEmpty();
    }
    assertThat(breaker.failed("x")).contains("failed 5 times in a row: x");
  }

  @Test
  void oneFailureInTenIsTooMuch() {
    Optional<String> verdict = Optional.empty();
    int calls = 0;
    while (verdict.isEmpty()) {
      calls++;
      verdict = breaker.failed("x");
      calls += verdict.isEmpty() ? 1 : 0;
      calls(1, QUICK, 256);
    }
    assertThat(verdict).contains("failed on 21 of " + calls + " calls: x");
  }

  @Test
  void oneFailureInTwentyIsNot() {
    for (int round = 0; round < 100; round++) {
      assertThat(breaker.failed("x")).isEmpty();
      assertThat(calls(19, QUICK, 256)).isEmpty();
    }
  }

  @Test
  void slownessAgainAndAgainIsTooMuch() {
    assertThat(calls(8, SLOW, 256)).isEmpty();
    assertThat(calls(1, SLOW, 256).orElseThrow())
        .startsWith("is too slow")
        .contains("0.500 s, the last of 256 flows 0.501 s");
  }

  @Test
  void slownessNowAndThenIsNot() {
    for (int round = 0; round < 10; round++) {
      assertThat(calls(2, SLOW, 256)).isEmpty();
      assertThat(calls(198, QUICK, 256)).isEmpty();
    }
    for (int round = 0; round < 10; round++) {
      assertThat(calls(3, SLOW, 256)).as("one slow window").isEmpty();
      assertThat(calls(400, QUICK, 256)).isEmpty();
    }
  }

  @Test
  void aLargerBatchMayTakeLonger() {
    assertThat(calls(100, SLOW, 512)).isEmpty();
    assertThat(calls(9, SLOW, 1)).isPresent();
  }
}
