package io.caracal.trainer;

import io.caracal.trainer.rows.RowsWriter;
import io.caracal.trainer.rows.RowsWriter.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A small labelled campaign that can be told apart, and a stand-in for the sensor: a script that
 * hands out tables written beforehand. Figures on it mean nothing; that all parts fit together
 * does.
 */
final class SyntheticCampaign {
  static final int LENGTH = 8;
  static final int CHANNELS = 8;
  static final int FLAT = 6;
  static final int HOST = 3;

  private static final int FLOWS = 900;
  private static final String[] KINDS = {"benign", "benign", "scan_syn", "dos_udp_flood"};
  private static final String FLOW_SETTINGS =
      "{\"idleTimeout\":120.0,\"activeTimeout\":1800.0,\"activityTimeout\":5.0,"
          + "\"checkpointPackets\":[8,32],\"checkpointInterval\":30.0}";

  /** A false alert; one of a scan's flow, then of its source; one of the flood's victim. */
  private static final String EVENTS =
      """
      {"event_type":"anomaly","flow_id":4,"caracal":{"alert_id":"false"}}
      {"event_type":"anomaly","flow_id":2,"caracal":{"alert_id":"scan"}}
      {"event_type":"anomaly","flow_id":66,"caracal":{"alert_id":"scan","host":{"role":"source","flow_ids":[62,66]}}}
      {"event_type":"anomaly","flow_id":7,"caracal":{"alert_id":"flood","host":{"role":"victim","flow_ids":[3,7]}}}
      {"event_type":"alert","flow_id":8,"caracal":{"alert_id":"other"}}
      """;

  private final Path folder;

  SyntheticCampaign(Path folder) {
    this.folder = folder;
  }

  Path data() {
    return folder;
  }

  Path capture() {
    return folder.resolve("tiny.pcap");
  }

  Path truth() {
    return folder.resolve("tiny.tsv");
  }

  /** The command line of the stand-in. */
  String sensor() {
    return folder.resolve("sensor").toString();
  }

  SyntheticCampaign write() throws IOException {
    return write(kinds());
  }

  /** The same flows, but the truth says of each what another one is. */
  SyntheticCampaign writeShuffled() throws IOException {
    List<String> labels = kinds();
    Collections.shuffle(labels, new Random(17));
    return write(labels);
  }

  private static List<String> kinds() {
    return IntStream.range(0, FLOWS)
        .mapToObj(flow -> KINDS[flow % KINDS.length])
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private SyntheticCampaign write(List<String> labels) throws IOException {
    Files.writeString(capture(), "the stand-in does not read it\n");
    RowsWriter features =
        new RowsWriter(
            "{\"format\":\"caracal-rows/1\",\"columns\":["
                + columns()
                + "],\"views\":["
                + "{\"name\":\"cic\",\"version\":\"1.0\",\"shape\":["
                + FLAT
                + "]},"
                + "{\"name\":\"host\",\"version\":\"1.0\",\"shape\":["
                + HOST
                + "]},"
                + "{\"name\":\"packets\",\"version\":\"1.0\",\"shape\":["
                + LENGTH
                + ","
                + CHANNELS
                + "]}],\"flows\":"
                + FLOW_SETTINGS
                + "}");
    RowsWriter scores =
        new RowsWriter(
            "{\"format\":\"caracal-rows/1\",\"columns\":[\"forest/score\",\"forest/class\","
                + "\"ensemble/probability\",\"ensemble/class\",\"ensemble/detected\"],\"views\":[],\"flows\":"
                + FLOW_SETTINGS
                + ",\"classes\":{\"forest\":[\"scan\"],\"ensemble\":[\"scan\",\"flood\"]},"
                + "\"thresholds\":{\"forest\":0.5,\"ensemble\":0.75}}");
    StringBuilder truth =
        new StringBuilder("start\tend\tproto\tsrc\tsport\tdst\tdport\tlabel\tdetail\tattack_id\n");
    Random random = new Random(11);
    for (int flow = 0; flow < FLOWS; flow++) {
      String kind = KINDS[flow % KINDS.length];
      String label = labels.get(flow);
      boolean benign = label.equals("benign");
      int port = 1024 + flow;
      double start = flow / 3.0;
      int packets = 2 + flow % 9;
      Identity who =
          new Identity(flow, start, start + 1, "10.0.0.1", port, "10.0.0.2", 80, 6, packets);
      features.add(who, features(kind, packets, random));
      scores.add(who, scores(flow, benign));
      truth.append(
          String.join(
              "\t",
              Double.toString(start),
              Double.toString(start + 1),
              "6",
              "10.0.0.1",
              Integer.toString(port),
              "10.0.0.2",
              "80",
              label,
              benign ? (flow % 8 == 0 ? "infra" : "web") : "tool",
              benign ? "" : Integer.toString(flow / 60)));
      truth.append('\n');
    }
    Files.writeString(truth(), truth);
    features.write(folder.resolve("features"));
    scores.write(folder.resolve("scores"));
    Files.writeString(folder.resolve("eve.json"), EVENTS);
    script();
    return this;
  }

  private void script() throws IOException {
    String text =
        """
        #!/bin/sh
        here=$(dirname "$0")
        command=$1
        [ "$2" = "$here/tiny.pcap" ] || { echo "no such capture $2" >&2; exit 1; }
        while [ $# -gt 1 ]; do
          [ "$command $1" = "flows --out" ] && cp "$here/features" "$2"
          [ "$command $1" = "replay --rows" ] && cp "$here/scores" "$2"
          [ "$command $1" = "replay --out" ] && mkdir -p "$2" && cp "$here/eve.json" "$2"
          shift
        done
        exit 0
        """;
    Path script = folder.resolve("sensor");
    Files.write(script, text.getBytes(StandardCharsets.UTF_8));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private static String columns() {
    String flat =
        IntStream.range(0, FLAT)
            .mapToObj(c -> "\"cic/" + (c == 0 ? "Dst Port" : "c" + c) + "\"")
            .collect(Collectors.joining(","));
    String[] names = {
      "size", "log_iat", "direction", "syn", "fin_rst", "psh", "window", "header_length"
    };
    String host =
        IntStream.range(0, HOST)
            .mapToObj(c -> "\"host/h" + c + "\"")
            .collect(Collectors.joining(","));
    return flat
        + ","
        + host
        + ","
        + IntStream.range(0, LENGTH * CHANNELS)
            .mapToObj(i -> "\"packets/p0" + i / CHANNELS + "." + names[i % CHANNELS] + "\"")
            .collect(Collectors.joining(","));
  }

  private static float[] features(String kind, int packets, Random random) {
    int shift = kind.equals("scan_syn") ? 1 : kind.equals("dos_udp_flood") ? 2 : 0;
    float[] row = new float[FLAT + HOST + LENGTH * CHANNELS];
    for (int c = 0; c < FLAT; c++) {
      row[c] = (float) Math.exp(random.nextGaussian() * 0.5 + (c == shift ? 4 : 1));
    }
    for (int c = 0; c < HOST; c++) {
      row[FLAT + c] = random.nextInt(10) + 5f * shift;
    }
    for (int packet = 0; packet < Math.min(packets, LENGTH); packet++) {
      int at = FLAT + HOST + packet * CHANNELS;
      int direction = packet % 2 == 0 ? 1 : -1;
      row[at] = direction * (100 + random.nextInt(50) + 400f * shift);
      row[at + 1] = (float) Math.log1p(random.nextInt(1000) + (shift == 1 ? 1e5 : 0));
      row[at + 2] = direction;
      row[at + 3] = packet == 0 ? 1 : 0;
      row[at + 6] = (float) Math.log1p(64_000);
      row[at + 7] = 32;
    }
    return row;
  }

  /** The forest misses every tenth attack, the ensemble none; both let one benign flow in. */
  private static float[] scores(int flow, boolean benign) {
    boolean alarm = flow == 4;
    float forest = benign ? (alarm ? 0.6f : 0.1f) : flow % 10 == 2 ? 0.2f : 0.9f;
    float ensemble = benign ? (alarm ? 0.8f : flow % 8 == 1 ? Float.NaN : 0.01f) : 0.99f;
    float named = flow % 4 == 2 ? 0 : flow % 4 == 3 ? 1 : Float.NaN;
    float detected = ensemble >= 0.75 ? 1 : 0;
    return new float[] {forest, forest >= 0.5f ? 0 : Float.NaN, ensemble, named, detected};
  }
}
