package io.caracal.trainer.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.trainer.rows.Address;
import io.caracal.trainer.rows.FlowRows;
import io.caracal.trainer.rows.RowsWriter;
import io.caracal.trainer.rows.RowsWriter.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthMatcherTest {
  private static final String HEADER =
      "{\"format\":\"caracal-rows/1\",\"columns\":[],\"views\":[]}";

  @TempDir Path folder;

  private static TruthFlow truth(
      String label, double start, double end, String a, int ap, String b, int bp, int protocol) {
    return new TruthFlow(
        Math.round(start * 1e9),
        Math.round(end * 1e9),
        FlowKey.of(Address.parse(a), ap, Address.parse(b), bp, protocol),
        label,
        "",
        "");
  }

  private Matching match(RowsWriter rows, TruthFlow... flows) throws IOException {
    try (FlowRows open = FlowRows.open(rows.write(folder.resolve("m.rows")))) {
      return TruthMatcher.match(open, new Truth(List.of(flows), Map.of()));
    }
  }

  @Test
  void takesTheLargestOverlapInEitherDirectionForAllRecordsOfAFlow() throws IOException {
    Matching matching =
        match(
            new RowsWriter(HEADER)
                .add(new Identity(1, 0, 10, "10.0.0.1", 80, "10.0.0.2", 5000, 6, 8))
                .add(new Identity(1, 0, 60, "10.0.0.1", 80, "10.0.0.2", 5000, 6, 40)),
            truth("aux", 0, 20, "10.0.0.2", 5000, "10.0.0.1", 80, 6),
            truth("brute_http", 21, 60, "10.0.0.2", 5000, "10.0.0.1", 80, 6),
            truth("benign", 0, 60, "10.0.0.2", 5001, "10.0.0.1", 80, 6));
    assertThat(matching.truthOf(0)).isEqualTo(1);
    assertThat(matching.truthOf(1)).isEqualTo(1);
    assertThat(matching.counts()).isEqualTo(new Matching.Counts(1, 0, 0, 3, 1, 1, 1));
  }

  @Test
  void singlePacketsMatchWithinTheSlackOnly() throws IOException {
    Matching matching =
        match(
            new RowsWriter(HEADER)
                .add(new Identity(1, 5, 5, "10.0.0.1", 53, "10.0.0.2", 53, 17, 1))
                .add(new Identity(2, 9, 9, "10.0.0.1", 53, "10.0.0.2", 53, 17, 1)),
            truth("benign", 5.000001, 5.000001, "10.0.0.1", 53, "10.0.0.2", 53, 17));
    assertThat(matching.truthOf(0)).isZero();
    assertThat(matching.truthOf(1)).isEqualTo(Matching.NONE);
    assertThat(matching.counts().unmatchedFlows()).isEqualTo(1);
  }

  @Test
  void icmpMatchesByAddresses() throws IOException {
    Matching matching =
        match(
            new RowsWriter(HEADER).add(new Identity(1, 5, 6, "10.0.0.1", 8, "10.0.0.2", 0, 1, 4)),
            truth("benign", 5, 6, "10.0.0.1", 31337, "10.0.0.2", 0, 1));
    assertThat(matching.truthOf(0)).isZero();
  }

  @Test
  void aFlowOfBenignAndAttackIsNeither() throws IOException {
    Matching matching =
        match(
            new RowsWriter(HEADER)
                .add(new Identity(1, 0, 60, "10.0.0.1", 67, "10.0.0.2", 68, 17, 40)),
            truth("benign", 0, 60, "10.0.0.2", 68, "10.0.0.1", 67, 17),
            truth("dhcp_starvation", 5, 5, "10.0.0.2", 68, "10.0.0.1", 67, 17));
    assertThat(matching.truthOf(0)).isEqualTo(Matching.MIXED);
    assertThat(matching.counts()).isEqualTo(new Matching.Counts(1, 0, 1, 2, 0, 2, 0));
  }
}
