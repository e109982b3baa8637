package io.caracal.capture.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcapngInterfaceTest {
  @ParameterizedTest
  @CsvSource({
    // if_tsresol, units, nanoseconds
    "0, 1700000000, 1700000000000000000",
    "3, 1700000000123, 1700000000123000000",
    "6, 1700000000123456, 1700000000123456000",
    "9, 1700000000123456789, 1700000000123456789",
    "10, 12345678912, 1234567891",
    "12, 1234567891234, 1234567891",
    "128, 1700000000, 1700000000000000000",
    "129, 3, 1500000000",
    "138, 1740800000512, 1700000000500000000",
    "158, 1610612736, 1500000000",
    "160, 6442450944, 1500000000",
    "191, 4611686018427387904, 500000000",
    "192, -9223372036854775808, 500000000",
    "193, -9223372036854775808, 250000000",
  })
  void convertsEveryResolution(int resolution, long units, long nanos) {
    assertThat(PcapngInterface.of(1, 0, resolution, 0).nanos(units)).isEqualTo(nanos);
  }

  @Test
  void noResolutionThrows() {
    for (int resolution = 0; resolution < 256; resolution++) {
      PcapngInterface from = PcapngInterface.of(1, 0, resolution, Long.MAX_VALUE);
      for (long units : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
        from.nanos(units);
      }
      assertThat(PcapngInterface.of(1, 0, resolution, 7).nanos(0)).isEqualTo(7_000_000_000L);
    }
  }
}
