package io.caracal.core.internal.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.alert.Detection;
import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.Suspicion;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    batch.addRow(who(from, to), 1, 1, Map.of());
    return batch;
  }

  private static FlowIdentity who(int from, int to) {
    return new FlowIdentity(false, 0, from, from, 0, to, to, 17, 0, false);
  }

  private static Detection detection(int from, int to, Optional<Suspicion> host) {
    AttackClass scan = new AttackClass("scan", "T1046");
    return new Detection(1, who(from, to), 0, 0, 1, 60, scan, 0.9f, 0, List.of(), host);
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
      lane.detected("alert", detection(1, 2, Optional.empty()), flow(1, 2), 0);
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
          lane.detected("alert", detection(1, peer, Optional.empty()), flow(1, peer), 0);
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
  void theFileSaysWhichAlertItBelongsTo() throws IOException {
    EvidenceFiles files = EvidenceFiles.of(settings(), true).orElseThrow();
    try (files;
        Evidence lane =
            files.lane(settings(), 1, FlowSettings.Key.FULL, EvidenceFilesTest::decoder)) {
      keep(lane, 1, 2, 1);
      lane.detected("alert", detection(1, 2, Optional.empty()), flow(1, 2), 0);
    }
    ByteBuffer file =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve("evidence/alert.pcapng")))
            .order(ByteOrder.LITTLE_ENDIAN);
    assertThat(file.getShort(24)).as("a comment").isEqualTo((short) 1);
    byte[] comment = new byte[file.getShort(26)];
    file.get(28, comment);
    assertThat(new String(comment, StandardCharsets.UTF_8))
        .startsWith("Caracal alert alert: scan by 0.0.0.1, first seen in flow 1:")
        .endsWith(" from 0.0.0.1 to 0.0.0.2 at 1970-01-01T00:00:00Z");
  }

  @Test
  void packetsOfEarlierFlowsOfASuspectedHostAreWrittenOnce() throws IOException {
    EvidenceFiles files = EvidenceFiles.of(settings(), true).orElseThrow();
    List<Suspicion.Flow> flows =
        List.of(new Suspicion.Flow(7, who(1, 2)), new Suspicion.Flow(8, who(1, 3)));
    AttackClass scan = new AttackClass("scan", "T1046");
    Suspicion host = new Suspicion(Suspicion.Role.SOURCE, "0.0.0.1", 5, 4, 2, 0, flows, scan);
    try (files;
        Evidence lane =
            files.lane(settings(), 1, FlowSettings.Key.FULL, EvidenceFilesTest::decoder)) {
      for (int peer = 2; peer < 6; peer++) {
        keep(lane, 1, peer, 1);
      }
      lane.detected("alert", detection(1, 4, Optional.of(host)), flow(1, 4), 0);
      lane.detected("alert", detection(1, 5, Optional.of(host)), flow(1, 5), 0);
    }
    assertThat(blocks(folder.resolve("evidence/alert.pcapng")))
        .containsExactly(SECTION, INTERFACE, PACKET, PACKET, PACKET, PACKET);
  }

  @Test
  void thePayloadIsDroppedIfThatIsWanted() throws IOException {
    settings.put("evidence.payload", "drop"); // a packet here is all payload
    EvidenceFiles files = EvidenceFiles.of(settings(), true).orElseThrow();
    try (files;
        Evidence lane =
            files.lane(settings(), 1, FlowSettings.Key.FULL, EvidenceFilesTest::decoder)) {
      keep(lane, 1, 2, 1);
      lane.detected("alert", detection(1, 2, Optional.empty()), flow(1, 2), 0);
    }
    ByteBuffer file =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve("evidence/alert.pcapng")))
            .order(ByteOrder.LITTLE_ENDIAN);
    int packet = file.capacity() - 32;
    assertThat(file.getInt(packet)).isEqualTo(PACKET);
    assertThat(file.getInt(packet + 20)).as("bytes captured").isZero();
    assertThat(file.getInt(packet + 24)).as("bytes on the wire").isEqualTo(60);
  }

  @Test
  void theOldestFilesMakeRoomButNotThoseOfOpenAlerts() throws IOException {
    Path old = folder.resolve("evidence/old.pcapng");
    Files.createDirectories(old.getParent());
    Files.write(old, new byte[500]);
    Files.setLastModifiedTime(old, FileTime.fromMillis(1));
    settings.put("evidence.max-bytes", "600");
    EvidenceFiles files = EvidenceFiles.of(settings(), true).orElseThrow();
    try (files;
        Evidence lane =
            files.lane(settings(), 1, FlowSettings.Key.FULL, EvidenceFilesTest::decoder)) {
      for (String alert : List.of("first", "second", "third")) {
        keep(lane, 1, 2, 1);
        lane.detected(alert, detection(1, 2, Optional.empty()), flow(1, 2), 0);
      }
    }
    assertThat(old).doesNotExist();
    assertThat(folder.resolve("evidence/first.pcapng")).exists();
    assertThat(folder.resolve("evidence/third.pcapng")).exists();
    assertThat(files.counters()).containsEntry("evidence.removed", 1L);
  }

  @Test
  void aFolderThatCannotBeWrittenIsCounted() throws IOException {
    settings.put("evidence.dir", Files.createFile(folder.resolve("file")).toString());
    EvidenceFiles files = EvidenceFiles.of(settings(), true).orElseThrow();
    try (files;
        Evidence lane =
            files.lane(settings(), 1, FlowSettings.Key.FULL, EvidenceFilesTest::decoder)) {
      keep(lane, 1, 2, 1);
      lane.detected("alert", detection(1, 2, Optional.empty()), flow(1, 2), 0);
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
