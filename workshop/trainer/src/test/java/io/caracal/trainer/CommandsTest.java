package io.caracal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.engine.extender.GoldenVectors;
import io.caracal.engine.extender.ModelDescriptor;
import io.caracal.trainer.rows.Sensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands from end to end, on a synthetic campaign and a stand-in for the sensor. */
class CommandsTest {
  static final String SHARED =
      """
      version = "1.0.0"
      family = "test"
      flows = []
      data = [{ name = "tiny", capture = "tiny.pcap", truth = "tiny.tsv" }]

      [split]
      seed = 1
      calibration = 0.2
      validation = 0.3
      cycle_seconds = 30.0
      gap_seconds = 1.0

      [sampling]
      attack_cap = 100
      attack_floor = 10
      benign_cap = 200
      benign_caps = {}
      benign_weights = { infra = 0.5 }

      [[classes]]
      name = "scan"
      technique = "T1046"
      labels = ["scan_*"]

      [[classes]]
      name = "flood"
      technique = "T1498"
      labels = ["dos_*"]
      """;

  @TempDir Path folder;

  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final PrintStream before = System.err;
  private SyntheticCampaign campaign = new SyntheticCampaign(Path.of(""));

  @BeforeEach
  void stage() throws IOException {
    campaign = new SyntheticCampaign(folder).write();
    System.setProperty(Sensor.COMMAND, campaign.sensor());
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    Files.writeString(folder.resolve("shared.toml"), SHARED);
    recipe(
        "autoencoder",
        "\"cic\", \"host\"",
        1,
        "seeds = [1, 2]",
        """
        [model]
        exclude = ["cic/Dst Port"]
        clip = 5.0
        network = { hidden = [4, 2], noise = 0.05, dropout = 0.0 }
        fit = { epochs = 5, batch = 32, learning_rate = 0.01, weight_decay = 0.0, patience = 3 }
        """);
    recipe(
        "cnn1d",
        "\"packets\", \"cic\", \"host\"",
        4,
        "seeds = [1]",
        """
        [model]
        exclude = ["cic/Dst Port"]
        clip = 5.0
        benign_floor = 20
        encoder = { type = "convolution", filters = [8, 8], kernels = [3, 3] }
        network = { flat = 8, hidden = 8, dropout = 0.1, label_smoothing = 0.01, noise = 0.1, hide_columns = 0.1, hide_flat = 0.1 }
        pretraining = { hidden = 0.3, fit = { epochs = 1, batch = 32, learning_rate = 0.01, weight_decay = 0.0, patience = 1 } }
        augmentation = { time_scale = 0.2, time_jitter = 0.1, size_jitter = 0.05, truncate = 0.2, window_dropout = 0.2 }
        fit = { epochs = 6, batch = 32, learning_rate = 0.01, weight_decay = 0.0, patience = 3 }
        """);
    recipe(
        "random-forest",
        "\"cic\", \"host\"",
        1,
        "seeds = [1]",
        """
        [model]
        exclude = ["cic/Dst Port"]
        forest = { trees = 8, depth = 6, leaf_examples = 2, features = 0.5 }
        """);
    recipe(
        "ensemble",
        "",
        1,
        "seeds = [1]",
        """
        [model]
        members = ["autoencoder", "cnn1d", "random-forest"]
        epsilon = 1e-4
        knots_per_decade = 6
        ridge = 1e-3
        missing = 0.02
        least_share = 0.02
        alert_window_seconds = 300.0
        unattested = ["infra"]
        flows_per_day = 1000.0
        false_alerts_per_day = 5.0
        budgets = [1.0, 10.0]
        """);
  }

  @AfterEach
  void restore() {
    System.setErr(before);
    System.clearProperty(Sensor.COMMAND);
  }

  private void recipe(String id, String views, int packets, String seeds, String model)
      throws IOException {
    String text =
        """
        base = "shared.toml"
        id = "%s"
        architecture = "%s"
        views = [%s]
        minimum_packets = %d
        output = "%s"
        %s
        """
            .formatted(id, id, views, packets, id, seeds);
    Files.writeString(folder.resolve(id + ".toml"), text + model);
  }

  private int train(String id) {
    return Main.run("train", folder.resolve(id + ".toml").toString(), "--data", folder.toString());
  }

  private SortedMap<String, byte[]> files(String id) throws IOException {
    return BundleFiles.of(folder.resolve(id));
  }

  private String said() {
    return errors.toString(StandardCharsets.UTF_8);
  }

  @Test
  void trainsEveryArchitectureAsTheSensorReadsIt() throws Exception {
    for (String id : List.of("autoencoder", "cnn1d", "random-forest")) {
      assertThat(train(id)).describedAs(this::said).isZero();
      SortedMap<String, byte[]> files = files(id);
      ModelDescriptor descriptor = ModelDescriptor.parse(files.get("model.json"), id);
      GoldenVectors golden = GoldenVectors.parse(files.get("golden.json"), id, descriptor);
      assertThat(files).containsKeys(descriptor.model(), "card.md");
      assertThat(descriptor.sha256()).isEqualTo(Digests.sha256(files.get(descriptor.model())));
      assertThat(descriptor.threshold()).isPositive();
      assertThat(golden.rows()).hasSizeGreaterThanOrEqualTo(16);
      boolean abstains = golden.rows().stream().anyMatch(row -> row.score().isEmpty());
      assertThat(abstains).isEqualTo(id.equals("cnn1d"));
      JsonNode json = new ObjectMapper().readTree(files.get("model.json"));
      assertThat(json.path("metrics").path("scored_flows_only").path("roc_auc").asDouble())
          .isGreaterThan(0.9);
    }
    assertThat(said())
        .contains("epoch 1 of", "calibration loss", "ROC-AUC", "s left")
        .contains("opset 17", "nodes after optimization", "flows a second of one core");
    assertThat(new String(files("cnn1d").get("card.md"), StandardCharsets.UTF_8))
        .contains("| 1 | 32 | 64 | 128 | 256 |", "Recommended batch");

    assertThat(train("ensemble")).describedAs(this::said).isZero();
    JsonNode ensemble = new ObjectMapper().readTree(files("ensemble").get("ensemble.json"));
    assertThat(ensemble.path("members")).hasSize(3);
    assertThat(ensemble.path("falseAlerts").size()).isGreaterThan(5);
    assertThat(ensemble.path("metrics").path("roc_auc").asDouble()).isGreaterThan(0.99);
    assertThat(new String(files("ensemble").get("card.md"), StandardCharsets.UTF_8))
        .contains("extrapolation");
  }

  @Test
  void unsupervisedDetectorsAreHeldAgainstSimpleMethods() throws IOException {
    assertThat(train("autoencoder")).describedAs(this::said).isZero();
    JsonNode metrics =
        new ObjectMapper().readTree(files("autoencoder").get("model.json")).path("metrics");
    JsonNode pca = metrics.path("baselines").path("pca");
    assertThat(pca.path("components").asInt()).isPositive();
    boolean better =
        metrics.path("seeds").path("roc_auc").path("mean").asDouble()
            > pca.path("roc_auc").asDouble();
    assertThat(metrics.path("better_than_pca")).hasToString(String.valueOf(better));
    assertThat(metrics.path("labels_below_benign").isArray()).isTrue();
    assertThat(new String(files("autoencoder").get("card.md"), StandardCharsets.UTF_8))
        .contains(
            "## Against simple methods", better ? "Better than PCA" : "**Not better than PCA");
    assertThat(said()).contains("baseline pca: ROC-AUC");
  }

  @Test
  void trainingAgainGivesTheSameBytes() throws IOException {
    for (String id : List.of("cnn1d", "random-forest", "autoencoder")) {
      train(id);
      SortedMap<String, byte[]> first = BundleFiles.repeatable(folder.resolve(id));
      train(id);
      assertThat(BundleFiles.repeatable(folder.resolve(id)))
          .describedAs(id)
          .containsExactlyInAnyOrderEntriesOf(first);
    }
  }

  private int evaluate(String... more) {
    Stream<String> arguments =
        Stream.of(
            "evaluate",
            campaign.capture().toString(),
            "--truth",
            campaign.truth().toString(),
            "--out",
            folder.resolve("out").toString());
    return Main.run(Stream.concat(arguments, Stream.of(more)).toArray(String[]::new));
  }

  private JsonNode metrics() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("out/metrics.json").toFile());
  }

  @Test
  void evaluatesAllDetectors() throws IOException {
    assertThat(evaluate()).describedAs(this::said).isZero();
    JsonNode ensemble = metrics().path("detectors").path("ensemble");
    assertThat(ensemble.path("roc_auc").asDouble()).isEqualTo(1);
    assertThat(ensemble.path("threshold").asDouble()).isEqualTo(0.75);
    // One of 450 benign flows.
    assertThat(ensemble.path("false_alerts_per_million_benign_flows").asDouble())
        .isEqualTo(2222.222222);
    assertThat(ensemble.path("recall_by_label").path("scan_syn").asDouble()).isEqualTo(1);
    JsonNode forest = metrics().path("detectors").path("forest");
    // Every tenth flow that is a scan: 45 of 225, those with flow % 20 == 2.
    assertThat(forest.path("recall_by_label").path("scan_syn").asDouble()).isEqualTo(0.8);
    assertThat(forest.path("recall_by_label").path("dos_udp_flood").asDouble()).isEqualTo(1);
    assertThat(metrics().path("captures").path("tiny.pcap").path("flows").asInt()).isEqualTo(900);
    assertThat(ensemble.path("confusion").path("scan_syn").path("tool").path("scan").asInt())
        .isEqualTo(225);
    assertThat(ensemble.path("false_alerts").path("false_alerts_per_day").asDouble())
        .isCloseTo(200_000 / 450.0, within(1e-6));
    JsonNode alerts = metrics().path("alerts");
    assertThat(alerts.path("true_alerts").asInt()).isEqualTo(2);
    assertThat(alerts.path("false_alerts").asInt()).isEqualTo(1);
    // 900 flows, 60 to a run of each of two labels.
    assertThat(alerts.path("runs").asInt()).isEqualTo(30);
    assertThat(alerts.path("runs_by_flow").asInt()).isEqualTo(1);
    assertThat(alerts.path("runs_by_source").asInt()).isEqualTo(1);
    assertThat(alerts.path("runs_by_victim").asInt()).isEqualTo(1);
    assertThat(alerts.path("expected_false_alerts_per_day").asDouble()).isEqualTo(20);
    assertThat(Files.readString(folder.resolve("out/report.md")))
        .contains("| scan_syn | 2 of 15 | 1 of 1 | 1 |")
        .contains("| scan_syn | 225 | 80.0 % | 100.0 % |");
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains("<svg")
        .doesNotContain("<script");
  }

  @Test
  void detectorsLearnNothingFromShuffledLabels() throws IOException {
    campaign.writeShuffled();
    for (String id : List.of("random-forest", "cnn1d")) {
      assertThat(train(id)).describedAs(this::said).isZero();
      JsonNode scored =
          new ObjectMapper()
              .readTree(files(id).get("model.json"))
              .path("metrics")
              .path("scored_flows_only");
      assertThat(scored.path("roc_auc").asDouble()).describedAs(id).isBetween(0.38, 0.62);
    }
  }

  @Test
  void leavesOneClassOutAfterTheOther() throws IOException {
    assertThat(train("autoencoder")).describedAs(this::said).isZero();
    int exit =
        Main.run(
            "evaluate",
            "--debug",
            "--leave-one-class-out",
            folder.resolve("random-forest.toml").toString(),
            "--beside",
            folder.resolve("autoencoder").toString(),
            "--seeds",
            "1,2",
            "--data",
            folder.toString(),
            "--out",
            folder.resolve("out").toString());
    assertThat(exit).describedAs(this::said).isZero();
    JsonNode result = metrics().path("leave_one_class_out");
    JsonNode classes = result.path("classes");
    assertThat(classes.path("scan").path("flows").asInt()).isEqualTo(225);
    assertThat(result.path("mean_of_classes").fieldNames())
        .toIterable()
        .containsExactly(
            "random-forest",
            "autoencoder",
            "highest evidence",
            "mean evidence",
            "logistic combination");
    String rate = "tpr_at_fpr_0.01";
    for (String detector : List.of("random-forest", "autoencoder")) {
      double scan =
          classes.path("scan").path("detectors").path(detector).path(rate).path("mean").asDouble();
      double flood =
          classes.path("flood").path("detectors").path(detector).path(rate).path("mean").asDouble();
      assertThat(result.path("mean_of_classes").path(detector).path(rate).path("mean").asDouble())
          .isCloseTo((scan + flood) / 2, within(1e-5));
    }
    assertThat(Files.readString(folder.resolve("out/report.md"))).contains("mean of the classes");
    assertThat(
            Main.run(
                "evaluate",
                "--leave-one-class-out",
                folder.resolve("autoencoder.toml").toString(),
                "--data",
                folder.toString(),
                "--out",
                folder.resolve("out").toString()))
        .isEqualTo(1);
    assertThat(said()).contains("--beside");
  }

  @Test
  void aMutatedCaptureNeedsTheOneThatItIsMadeOf() throws IOException {
    Files.writeString(
        folder.resolve("alone.toml"),
        Files.readString(folder.resolve("random-forest.toml"))
            .replace(
                "output = ",
                "data = [{ name = \"b\", capture = \"tiny.pcap\", truth = \"tiny.tsv\", mutate ="
                    + " \"pad=1\" }]\noutput = "));
    assertThat(train("alone")).isEqualTo(1);
    assertThat(said()).contains("tiny.pcap").contains("without mutate");
  }

  @Test
  void evaluatesOnlyWhatIsLate() throws IOException {
    assertThat(evaluate("--split", "time:0.5")).describedAs(this::said).isZero();
    // Flows begin at equal distances: those with numbers from 450 on.
    assertThat(metrics().path("truth_flows_by_label").path("scan_syn").asInt()).isEqualTo(113);
    assertThat(evaluate("--split", "time:2")).isEqualTo(2);
  }

  @Test
  void evaluatesOnePartOfASplit() throws IOException {
    assertThat(evaluate("--split", folder.resolve("cnn1d.toml").toString())).isZero();
    int validation = metrics().path("truth_flows_by_label").path("scan_syn").asInt();
    assertThat(evaluate("--split", folder.resolve("cnn1d.toml").toString(), "--part", "train"))
        .isZero();
    int train = metrics().path("truth_flows_by_label").path("scan_syn").asInt();
    assertThat(validation).isBetween(40, 110);
    assertThat(train).isGreaterThan(validation);
  }

  @Test
  void wrongUseIsTwoFailureIsOneAndEachIsOneSentence() throws IOException {
    assertThat(Main.run("train")).isEqualTo(2);
    assertThat(evaluate("--part", "best", "--split", "x.toml")).isEqualTo(2);
    assertThat(evaluate("--truth", "another.tsv")).isEqualTo(2);
    errors.reset();
    assertThat(Main.run("train", "nowhere.toml", "--data", folder.toString())).isEqualTo(1);
    assertThat(said().strip().lines()).hasSize(1).first().asString().contains("nowhere.toml");
    errors.reset();
    Files.delete(campaign.capture());
    assertThat(train("random-forest")).isEqualTo(1);
    assertThat(said()).contains("tiny.pcap").contains("--data").doesNotContain("\tat ");
    errors.reset();
    assertThat(evaluate()).isEqualTo(1);
    assertThat(evaluate("--debug")).isEqualTo(1);
    assertThat(said()).contains("\tat ");
  }
}
