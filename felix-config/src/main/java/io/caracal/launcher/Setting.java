package io.caracal.launcher;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A configuration value that {@code --set KEY=VALUE} overrides.
 *
 * @param key short dotted key
 * @param type what the value must look like
 * @param otherwise the default
 * @param unit unit, or the values allowed
 * @param meaning one sentence
 */
record Setting(String key, Type type, String otherwise, String unit, String meaning) {
  /** What a value must look like. */
  enum Type {
    /** Any text. */
    TEXT(".*", "a text"),
    /** A whole number greater than zero. */
    INTEGER("[1-9][0-9]{0,8}", "a whole number greater than 0"),
    /** A whole number, or zero. */
    ZERO_OR_INTEGER("0|[1-9][0-9]{0,12}", "a whole number, at least 0"),
    /** A number greater than zero. */
    NUMBER("(?=.*[1-9])[0-9]+(\\.[0-9]+)?", "a number greater than 0"),
    /** A number, or zero. */
    ZERO_OR_NUMBER("[0-9]+(\\.[0-9]+)?", "a number, at least 0"),
    /** Whole numbers. */
    INTEGERS("[1-9][0-9]*(,[1-9][0-9]*)*", "whole numbers, ascending, separated by commas"),
    /** A probability. */
    PROBABILITY("0(\\.[0-9]+)?|1(\\.0+)?", "a number from 0 to 1"),
    /** Ids of detectors, or a word for some of them. */
    DETECTORS("[a-z0-9-]+(,[a-z0-9-]+)*", "a word of the list, or ids of detectors with commas"),
    /** A switch. */
    FLAG("true|false", "true or false"),
    /** The name of a packet source. */
    SOURCE("[A-Za-z0-9_-]+", "auto or the name of a packet source"),
    /** A device. */
    DEVICE("auto|cpu|cuda:[0-9]+", "auto, cpu or cuda:N"),
    /** Types of events. */
    EVENTS(
        "(flow|anomaly|alert|drift|stats)(,(flow|anomaly|alert|drift|stats))*",
        "some of flow, anomaly, alert, drift and stats, separated by commas"),
    /** What is explained. */
    EXPLAINED("alerts|detections", "alerts or detections"),
    /** Which alerts are shown. */
    ALERTS("new|all|none", "new, all or none"),
    /** Who scores. */
    SCORING("auto|lanes|shared", "auto, lanes or shared"),
    /** When colours are used. */
    COLOUR("auto|always|never", "auto, always or never"),
    /** A log level. */
    LEVEL("ERROR|WARN|INFO|DEBUG", "ERROR, WARN, INFO or DEBUG");

    private final String pattern;
    private final String words;

    Type(String pattern, String words) {
      this.pattern = pattern;
      this.words = words;
    }
  }

  /** Every setting there is. */
  static final List<Setting> ALL =
      List.of(
          new Setting(
              "alerts.false-per-day",
              Type.NUMBER,
              "5",
              "alerts per day",
              "False alerts that may be expected per day on traffic like the validation traffic;"
                  + " sets the ensemble's threshold."),
          new Setting(
              "alerts.flows-per-day",
              Type.ZERO_OR_NUMBER,
              "0",
              "flows per day",
              "Benign flows that this network has per day; with alerts.false-per-day it sets the"
                  + " ensemble's threshold. 0: what the site profile in force counted, 50,000"
                  + " without one."),
          new Setting(
              "alerts.fold-sources",
              Type.INTEGER,
              "10",
              "attackers",
              "From this many attackers doing the same to one victim on, further ones are folded"
                  + " into one alert."),
          new Setting(
              "alerts.hosts",
              Type.INTEGER,
              "100000",
              "hosts",
              "Evidence is remembered against at most so many hosts and pairs of hosts; beyond, the"
                  + " longest unchanged is forgotten and counted."),
          new Setting(
              "alerts.update-interval",
              Type.NUMBER,
              "60",
              "seconds",
              "A lasting alert is updated at most this often."),
          new Setting(
              "alerts.window",
              Type.NUMBER,
              "300",
              "seconds",
              "An alert is closed after this long without new evidence."),
          new Setting(
              "batch.deadline",
              Type.NUMBER,
              "0.05",
              "seconds",
              "A batch is scored when its oldest flow has waited this long."),
          new Setting(
              "batch.size",
              Type.INTEGER,
              "256",
              "flows",
              "A batch is scored when it holds this many flows."),
          new Setting(
              "capture.buffer-bytes",
              Type.INTEGER,
              "67108864",
              "bytes",
              "Kernel buffer of a live capture, of each interface and lane."),
          new Setting(
              "capture.delay",
              Type.ZERO_OR_NUMBER,
              "0.02",
              "seconds",
              "How long the kernel may hold packets back to hand over several at once; 0 for not"
                  + " at all, at the price of more work per packet."),
          new Setting(
              "capture.lanes",
              Type.INTEGER,
              "1",
              "threads",
              "Threads that work on a live capture, each from packet to judgement; all packets"
                  + " between two hosts go to one of them."),
          new Setting(
              "capture.promiscuous",
              Type.FLAG,
              "true",
              "true, false",
              "Whether packets for other hosts are captured too."),
          new Setting(
              "capture.silence-warning",
              Type.ZERO_OR_NUMBER,
              "60",
              "seconds",
              "After this long without a packet on an interface a warning is given; 0 for never."),
          new Setting(
              "capture.snapshot-length",
              Type.INTEGER,
              "262144",
              "bytes",
              "Bytes kept of each packet in a live capture."),
          new Setting(
              "capture.source",
              Type.SOURCE,
              "auto",
              "auto, or a source",
              "What captures interfaces; auto is the best source that is installed and opens."
                  + " SOURCE::INTERFACE names it for one interface."),
          new Setting(
              "cascade.late",
              Type.DETECTORS,
              "sequences",
              "sequences, unsupervised, none, or ids",
              "Detectors that see only flows which those before them leave open: sequences are"
                  + " those that read sequences of packets or graphs, one after the other;"
                  + " unsupervised asks all unsupervised ones too, between the supervised ones and"
                  + " those: faster, but drift is then watched by the supervised ones alone."),
          new Setting(
              "cascade.low",
              Type.PROBABILITY,
              "0.5",
              "probability",
              "Late detectors are not asked about a flow whose probability they could not lift to"
                  + " this, nor about one that is a detection whatever they say."),
          new Setting(
              "cascade.sample",
              Type.PROBABILITY,
              "0.02",
              "share of flows",
              "About this share of all flows every detector is asked, so that drift can be seen."),
          new Setting(
              "detectors.max-failures",
              Type.INTEGER,
              "5",
              "batches",
              "A detector that fails this often in a row is quarantined."),
          new Setting(
              "detectors.scope",
              Type.DETECTORS,
              "needed",
              "needed, all, or ids",
              "Detectors that are asked: those that the ensemble gives weight, all that are"
                  + " installed, or besides the former those named."),
          new Setting(
              "drift.window",
              Type.ZERO_OR_INTEGER,
              "0",
              "flow records",
              "So many flow records judged benign are compared with the reference at a time. 0: as"
                  + " many as this network has flows per day, so that day and night cancel out."),
          new Setting(
              "engine.device",
              Type.DEVICE,
              "auto",
              "auto, cpu, cuda:N",
              "Where ONNX models run; auto is CUDA where it works, else the CPU."),
          new Setting(
              "eve.types",
              Type.EVENTS,
              "flow,anomaly,alert,drift,stats",
              "event types",
              "What the EVE file holds."),
          new Setting(
              "events.queue",
              Type.INTEGER,
              "65536",
              "events",
              "Events that may wait for the sinks; when full, a replay waits and a live capture"
                  + " drops the newest and counts it."),
          new Setting(
              "evidence.alert-bytes",
              Type.INTEGER,
              "1048576",
              "bytes",
              "Most bytes of packets that are written for one alert."),
          new Setting(
              "evidence.bytes",
              Type.ZERO_OR_INTEGER,
              "0",
              "bytes",
              "Memory for recent packets, shared by the lanes; those of flows behind an alert are"
                  + " written to a file. 0 keeps none."),
          new Setting(
              "evidence.dir",
              Type.TEXT,
              "",
              "folder",
              "Where the packets behind each alert go, as ALERT-ID.pcapng; with --out DIR it is"
                  + " DIR/evidence."),
          new Setting(
              "explain.scope",
              Type.EXPLAINED,
              "alerts",
              "alerts, detections",
              "What is explained: alerts when they are raised or grow clearly stronger, or every"
                  + " detection, to measure how faithful explanations are."),
          new Setting(
              "flow.active-timeout",
              Type.NUMBER,
              "1800",
              "seconds",
              "A flow is written out and restarted after this long."),
          new Setting(
              "flow.activity-timeout",
              Type.NUMBER,
              "5",
              "seconds",
              "A pause longer than this separates a flow's active periods."),
          new Setting(
              "flow.checkpoint-interval",
              Type.NUMBER,
              "30",
              "seconds",
              "After its last packet-count checkpoint, a live flow is judged this often."),
          new Setting(
              "flow.checkpoint-packets",
              Type.INTEGERS,
              "8,32",
              "packets",
              "A live flow is judged when it reaches these packet counts."),
          new Setting(
              "flow.emergency-idle-timeout",
              Type.NUMBER,
              "5",
              "seconds",
              "While the flow table is nearly full, a flow of one packet ends after this much"
                  + " silence."),
          new Setting(
              "flow.emergency-sampling",
              Type.INTEGER,
              "16",
              "flows",
              "While the flow table is nearly full, one in this many new flows is kept from its"
                  + " first packet on, the others from their second."),
          new Setting(
              "flow.idle-timeout",
              Type.NUMBER,
              "120",
              "seconds",
              "A flow ends after this much silence."),
          new Setting(
              "flow.key-tunnel",
              Type.FLAG,
              "true",
              "true, false",
              "Whether packets in different tunnels belong to different flows: the kind of tunnel"
                  + " counts, and the network identifier of VXLAN, Geneve and ERSPAN."),
          new Setting(
              "flow.key-vlan",
              Type.FLAG,
              "true",
              "true, false",
              "Whether packets of different VLANs belong to different flows."),
          new Setting(
              "flow.max-flows",
              Type.INTEGER,
              "1000000",
              "flows",
              "Most flows held at once, shared by the lanes; beyond, flows of one packet are"
                  + " evicted first, then the least recently active, judged and counted."),
          new Setting(
              "flowlog.format",
              Type.TEXT,
              "parquet",
              "a format",
              "How the flow log is written: parquet, csv, jsonl, zeek, rows or what a plugin"
                  + " offers."),
          new Setting(
              "flowlog.max-bytes",
              Type.ZERO_OR_INTEGER,
              "10000000000",
              "bytes",
              "Beyond this the oldest files of the flow log are removed; 0 keeps all."),
          new Setting(
              "flowlog.path",
              Type.TEXT,
              "",
              "folder",
              "Where a sensor at work logs every flow and its features; empty for nowhere."),
          new Setting(
              "flowlog.rotate",
              Type.NUMBER,
              "3600",
              "seconds",
              "A file of the flow log holds the flows of this long, by packet time."),
          new Setting(
              "flowlog.views",
              Type.TEXT,
              "",
              "views",
              "What the flow log holds besides the fields of a flow, separated by commas; empty"
                  + " for the format's own choice, all that are installed in parquet."),
          new Setting(
              "learn.minimum-flows",
              Type.INTEGER,
              "2000",
              "flows",
              "Of fewer normal flows learn writes no site profile."),
          new Setting(
              "learn.minimum-time",
              Type.NUMBER,
              "3600",
              "seconds",
              "Of less time learn writes no site profile."),
          new Setting(
              "log.level",
              Type.LEVEL,
              "INFO",
              "ERROR, WARN, INFO, DEBUG",
              "What is logged to standard error."),
          new Setting(
              "plugins.dir",
              Type.TEXT,
              "plugins",
              "folder",
              "Bundles dropped here are started at once; relative to the folder of the caracal"
                  + " script."),
          new Setting(
              "replay.batch-deadline",
              Type.NUMBER,
              "1",
              "seconds",
              "As batch.deadline, of captures, in packet time: nobody waits, and larger batches"
                  + " cost less."),
          new Setting(
              "replay.lanes",
              Type.INTEGER,
              "1",
              "threads",
              "Threads that work on captures, each from packet to judgement; all packets between"
                  + " two hosts go to one of them. Flows and alerts are the same for any number."),
          new Setting(
              "scoring.mode",
              Type.SCORING,
              "auto",
              "auto, lanes, shared",
              "Who scores batches: each lane its own, or one thread those of all lanes, put"
                  + " together; auto is shared if a detector runs on CUDA when the command"
                  + " starts."),
          new Setting(
              "scoring.shared-batch",
              Type.INTEGER,
              "4096",
              "flows",
              "Most flows that the shared scorer puts together."),
          new Setting(
              "stats.interval",
              Type.NUMBER,
              "30",
              "seconds",
              "A stats event is written this often, in packet time."),
          new Setting(
              "terminal.alerts",
              Type.ALERTS,
              "new",
              "new, all, none",
              "Which alerts the terminal shows: raised and closed, every update too, or none."),
          new Setting(
              "terminal.colour",
              Type.COLOUR,
              "auto",
              "auto, always, never",
              "Whether the terminal output is coloured."));

  /** The setting of a key. */
  static Optional<Setting> of(String key) {
    return ALL.stream().filter(setting -> setting.key.equals(key)).findFirst();
  }

  /** The key nearest to a mistyped one. */
  static String nearest(String key) {
    return ALL.stream()
        .map(Setting::key)
        .min(Comparator.comparingInt(known -> distance(known, key)))
        .orElseThrow();
  }

  /** What is wrong with a value, if anything. */
  Optional<String> problem(String value) {
    return value.matches(type.pattern)
        ? Optional.empty()
        : Optional.of(
            "the setting "
                + key
                + " is '"
                + value
                + "' but must be "
                + type.words
                + "; see docs/configuration.md");
  }

  /** Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
