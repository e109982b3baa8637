package io.caracal.trainer.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.trainer.TrainerException;
import io.caracal.trainer.rows.Address;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthTest {
  private static final String TEXT =
      """
      flow\tstart\tend\tproto\tsrc\tsport\tdst\tdport\tpkts_fwd\tlabel\tdetail\tattack_id\tevidence
      0\t1795301626.943894\t1795301627.943895\t17\t10.0.0.3\t137\t10.0.0.255\t137\t1\tbenign\tinfra\t\t-
      1\t1795301628\t1795301628\tarp\t10.0.0.1\t1\t10.0.0.2\t0\t1\tarp_spoof\tarpspoof\t9\t-
      2\t1795301629\t1795301630\tip6:0\tfe80000000000000d6bed9fffe1a71af\t143\tff020000000000000000000000000016\t0\t2\taux\tx\t27\trule
      3\t1795301629\t1795301630\t6\t10.0.0.9\t4000\t10.0.0.1\t22\t12\tbrute_ssh\thydra\t5\tgid
      """;

  @TempDir Path folder;

  @Test
  void readsFlowsAndCountsWhatIsNotIp() throws IOException {
    Truth truth = Truth.read(Files.writeString(folder.resolve("flows.tsv"), TEXT));
    assertThat(truth.notIp()).containsOnlyKeys("arp_spoof").containsEntry("arp_spoof", 1);
    assertThat(truth.flows()).hasSize(3);
    TruthFlow first = truth.flows().getFirst();
    assertThat(first.startNanos()).isEqualTo(1795301626943894000L);
    assertThat(first.benign()).isTrue();
    assertThat(truth.flows().get(1).key().protocol()).isEqualTo(58);
    assertThat(truth.flows().get(1).leftOut()).isTrue();
    assertThat(truth.flows().get(2))
        .extracting(TruthFlow::label, TruthFlow::detail, TruthFlow::run, TruthFlow::key)
        .containsExactly(
            "brute_ssh",
            "hydra",
            "5",
            FlowKey.of(Address.parse("10.0.0.1"), 22, Address.parse("10.0.0.9"), 4000, 6));
  }

  @Test
  void readsGzip() throws IOException {
    Path file = folder.resolve("flows.tsv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(TEXT.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(Truth.read(file).flows()).hasSize(3);
  }

  @Test
  void namesTheWrongLineAndColumn() throws IOException {
    Path file = Files.writeString(folder.resolve("flows.tsv"), TEXT.replace("10.0.0.9", "nobody"));
    assertThatThrownBy(() -> Truth.read(file))
        .isInstanceOf(TrainerException.class)
        .hasMessageContaining("line 5 is no truth flow: column src holds 'nobody'");
    Path cut = Files.writeString(folder.resolve("cut.tsv"), TEXT + "1\t2\t3\n");
    assertThatThrownBy(() -> Truth.read(cut)).hasMessageContaining("has only 3 cells");
  }

  @Test
  void namesTheMissingColumn() throws IOException {
    Path file = Files.writeString(folder.resolve("flows.tsv"), "flow\tstart\tend\n");
    assertThatThrownBy(() -> Truth.read(file)).hasMessageContaining("proto");
  }
}
