package io.caracal.alert.terminal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "1|1",
        "-3|-3",
        "0.0004|4.0e-04",
        "0.12345|0.123",
        "99.96|100",
        "1234.5|1,235",
        "12345678|12,345,678",
        "2e9|2.0e+09",
        "NaN|unknown"
      })
  void numbers(double value, String text) {
    assertThat(Wording.number(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "0.0012, 1.2 ms",
    "1.5, 1.5 s",
    "131.4, 2 min 11 s",
    "7500, 2 h 5 min",
    "187200, 2 d 4 h"
  })
  void durations(double seconds, String text) {
    assertThat(Wording.duration(seconds)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "2, count, 2",
    "0.25, ratio, 0.25",
    "1460, B, '1,460 B'",
    "1500, µs, 1.5 ms",
    "1500, ms, 1.5 s",
    "2000000, ns, 2 ms",
    "3, s, 3 s"
  })
  void quantities(double value, String unit, String text) {
    assertThat(Wording.quantity(value, unit)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 %", "0.04, 4 %", "0.994, 99.4 %", "0.9996, over 99.9 %", "1, 100 %"})
  void percentages(float share, String text) {
    assertThat(Wording.percent(share)).isEqualTo(text);
  }

  @Test
  void listsAreCutToTheRoomAndSaySo() {
    List<String> items = List.of("aa", "bb", "cc");
    assertThat(Wording.some(items, 3, 10)).isEqualTo("aa, bb, cc");
    assertThat(Wording.some(items, 1003, 30)).isEqualTo("aa, bb, cc and 1,000 more");
    assertThat(Wording.some(items, 3, 17)).isEqualTo("aa, bb, cc");
    assertThat(Wording.some(items, 4, 17)).isEqualTo("aa, bb and 2 more");
    assertThat(Wording.some(items, 3, 1)).isEmpty();
    assertThat(Wording.some(List.of(), 0, 10)).isEmpty();
  }
}
