package io.caracal.alert.formats.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimestampsTest {
  @Test
  void writesMicrosecondsInUtc() {
    Timestamps time = new Timestamps("+0000");
    assertThat(time.text(0)).isEqualTo("1970-01-01T00:00:00.000000+0000");
    assertThat(time.text(1_999)).isEqualTo("1970-01-01T00:00:00.000001+0000");
    assertThat(time.text(951_782_400_123_456_789L)).isEqualTo("2000-02-29T00:00:00.123456+0000");
    assertThat(time.text(-1)).isEqualTo("1969-12-31T23:59:59.999999+0000");
  }
}
