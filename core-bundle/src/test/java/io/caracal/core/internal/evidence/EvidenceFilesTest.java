package io.caracal.core.internal.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.Frame;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.api.plugin.Settings;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A packet here is two bytes, the ports of its sender and receiver; all else is the same. */
class EvidenceFilesTest {
  @TempDir private Path folder;

  private final Map<String, String> settings = new HashMap<>(Map.of("evidence.bytes", "100000"));
  private final PacketHeaders headers = new PacketHeaders();

  private Settings settings() {
    settings.putIfAbsent("evidence.dir", folder.resolve("evidence").toString());
    return new Settings(key -> settings.get(key.substring(Settings.PREFIX.length())));
  }

  private static DecodeResult decode(Frame frame, PacketHeaders into) {
    byte[] ports = frame.copy();
    into.protocol = PacketHeaders.UDP;
    into.sourceLow = ports[0];
    into.destinationLow = ports[1];
    into.sourcePort = ports[0];
    into.destinationPort = ports[1];
    return DecodeResult.OK;
  }

  private static PacketDecoder decoder() {
    return EvidenceFilesTest::decode;
  }

  private void keep(Evidence evidence, int from, int to, int linkType) {
    Frame frame = new Frame();
    frame.segment = MemorySegment.ofArray(new byte[] {(byte) from, (byte) to});
    frame.capturedLength = 2;
    frame.wireLength = 60;
    frame.linkType = linkType;
    decode(frame, headers);
    evidence.keep(frame, headers);
  }

  private static FlowBatch flow(int from, int to) {
    FlowBatch batch = new FlowBatch(1, List.of());
    FlowIdentity who = new FlowIdentity(false, 0, from, from, 0, to, to, 17, 0, false);
    batch.addRow(who, 1, 1, Map.of());
    return batch;
  }

  /** The types of the blocks of a file, after a look at how they hang together. */
  private static List<Integer> blocks(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> types = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int start = bytes.position();
      types.add(bytes.getInt());
      int length = bytes.getInt();
      assertThat(bytes.getInt(start + length - 4)).isEqualTo(length);
      bytes.position(start + length);
    }
    return types;
  }

  private static final int SECTION = 0x0a0d0d0a, INTERFACE = 1, PACKET = 6;

  @Test
  void writesBothDirectionsOfTheFlowAndNothingElse() throws IOException {
    EvidenceFiles files = EvidenceFiles.of(settings(), true).orElseThrow();
    Evidence lane = files.lane(settings(), 1, FlowSettings.Key.FULL, EvidenceFilesTest::decoder);
    try (files;
        lane) {
      keep(lane, 1, 2, 1);
      keep(lane, 2, 1, 1);
      keep(lane, 1, 3, 1);
      keep(lane, 1, 2, 101);
      lane.detected("alert", flow(1, 2), 0);
    }
    assertThat(blocks(folder.resolve("evidence/alert.pcapng")))
        .containsExactly(SECTION, INTERFACE, PACKET, PACKET, INTERFACE, PACKET);
    assertThat(files.counters()).containsEntry("evidence.written", 3L);
    assertThat(lane.counters()).containsEntry("evidence.kept", 4L);
  }

  @Test
  void anAlertsFileGrowsToItsLimitAndIsBegunAnewInTheNextRun() throws IOException {
    settings.put("evidence.alert-bytes", "180"); // five packets of 36 bytes
    for (int run = 0; run < 2; run++) {
      EvidenceFiles files = EvidenceFiles.of(settings(), true).orElseThrow();
      try (files;
          Evidence lane =
              files.lane(settings(), 1, FlowSettings.Key.FULL, EvidenceFilesTest::decoder)) {
        for (int peer = 2; peer < 6; peer++) {
          keep(lane, 1, peer, 1);
          keep(lane, peer, 1, 1);
          lane.detected("alert", flow(1, peer), 0);
        }
      }
      assertThat(blocks(folder.resolve("evidence/alert.pcapng")))
          .filteredOn(type -> type == PACKET)
          .hasSize(5);
      assertThat(files.counters())
          .containsEntry("evidence.written", 5L)
          .containsEntry("evidence.left_out", 3L);
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsCounted() throws IOException {
    settings.put("evidence.dir", Files.createFile(folder.resolve("file")).toString());
    EvidenceFiles files = EvidenceFiles.of(settings(), true).orElseThrow();
    try (files;
        Evidence lane =
            files.lane(settings(), 1, FlowSettings.Key.FULL, EvidenceFilesTest::decoder)) {
      keep(lane, 1, 2, 1);
      lane.detected("alert", flow(1, 2), 0);
    }
    assertThat(files.counters()).containsEntry("evidence.failed", 1L);
  }

  @Test
  void needsAFolder() {
    settings.put("evidence.dir", "");
    assertThatThrownBy(() -> EvidenceFiles.of(settings(), true)).hasMessageContaining("--out");
    settings.put("evidence.bytes", "0");
    assertThat(EvidenceFiles.of(settings(), true)).isEmpty();
  }
}
