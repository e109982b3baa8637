package io.caracal.api.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Histories with the states that Zeek's documentation and its own logs give them. */
final class ConnectionStateTest {
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "S, S0",
    "SA, S0",
    "SAD, S0",
    "ShA, S1",
    "ShADad, S1",
    "ShADadFf, SF",
    "ShADadfF, SF",
    "Sr, REJ",
    "SrR, REJ",
    "ShADadF, S2",
    "ShADadf, S3",
    "ShADadR, RSTO",
    "ShADadFR, RSTO",
    "ShADadr, RSTR",
    "ShADadRr, RSTO",
    "ShADadrR, RSTR",
    "SR, RSTOS0",
    "SRr, RSTOS0",
    "hr, RSTRH",
    "SF, SH",
    "SAF, SH",
    "hf, SHR",
    "h, OTH",
    "'', OTH",
    "DadA, OTH",
    "DdFf, SF",
    "ShADadFfR, SF",
    "ShADadFRf, SF",
    "hADadfF, SF",
    "hADadF, S2",
    "R, RSTOS0",
    "r, RSTRH",
    "DadAF, SH",
    "f, SHR",
    "SADad, OTH",
  })
  void theHistoryTellsTheState(String history, ConnectionState state) {
    assertThat(ConnectionState.ofHistory(history)).isEqualTo(state);
  }
}
