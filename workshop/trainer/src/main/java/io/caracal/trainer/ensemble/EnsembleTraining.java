package io.caracal.trainer.ensemble;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.JudgedFlow;
import io.caracal.trainer.Progress;
import io.caracal.trainer.bundle.BundleWriter;
import io.caracal.trainer.bundle.EnsembleCard;
import io.caracal.trainer.bundle.Json;
import io.caracal.trainer.bundle.Provenance;
import io.caracal.trainer.corpus.Campaign;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.ensemble.BenignTraffic.Judged;
import io.caracal.trainer.evaluate.Figures;
import io.caracal.trainer.evaluate.FlowGroups;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.rows.FlowRows;
import io.caracal.trainer.scoring.RecordScores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Fits the combination of finished detectors on the calibration part, which none of them was fitted
 * to, and measures it on the validation part.
 */
public final class EnsembleTraining implements AutoCloseable {
  private final Recipe.File file;
  private final Settings settings;
  private final List<Member> members = new ArrayList<>();
  private final Progress progress;

  /**
   * The recipe's table {@code model}.
   *
   * @param members folders of the detectors' bundle files, relative to the recipe; {@code *} in
   *     place of a folder's name stands for all that hold a detector
   * @param epsilon supervised scores are clamped to this distance from 0 and 1
   * @param knotsPerDecade knots of a conformal tail
   * @param ridge penalty on weights
   * @param missing weight of records without one of their members
   * @param leastShare members that add less than this share to the sum are left out
   * @param alertWindowSeconds an alert is open until it was quiet this long
   * @param unattested benign activities that nobody attests: some are the wake of an attack, so
   *     false alerts are not counted on them
   * @param flowsPerDay benign flows that make a day
   * @param falseAlertsPerDay budget at which figures are measured
   * @param budgets other budgets, to show what they buy
   */
  public record Settings(
      List<String> members,
      double epsilon,
      int knotsPerDecade,
      double ridge,
      double missing,
      double leastShare,
      double alertWindowSeconds,
      List<String> unattested,
      double flowsPerDay,
      double falseAlertsPerDay,
      List<Double> budgets) {
    /** Copies the lists. */
    public Settings {
      members = List.copyOf(members);
      unattested = List.copyOf(unattested);
      budgets = List.copyOf(budgets);
    }

    Combination.Plan plan() {
      return new Combination.Plan(ridge, missing, leastShare);
    }
  }

  /**
   * Reads the members.
   *
   * @param file the recipe
   * @param progress told how it goes
   */
  public EnsembleTraining(Recipe.File file, Progress progress) {
    this.file = file;
    this.progress = progress;
    settings = file.recipe().model(Settings.class);
    for (String pattern : settings.members()) {
      Path folder = file.file().toAbsolutePath().resolveSibling(pattern).normalize();
      Member.folders(folder).forEach(found -> members.add(Member.read(found)));
    }
  }

  /** The views that the members read. */
  public List<String> views() {
    Set<String> views = new LinkedHashSet<>();
    members.forEach(m -> m.layout().inputs().forEach(view -> views.add(view.name())));
    return List.copyOf(views);
  }

  /**
   * Fits and writes the bundle's files.
   *
   * @param corpus the data, with the members' views
   * @return figures of the ensemble
   */
  public Figures run(Corpus corpus) {
    progress.line(
        "scoring the calibration and validation parts with "
            + members.stream().map(Member::id).toList());
    Scored calibration = Scored.of(corpus, corpus.examples(Part.CALIBRATION), members);
    Scored validation = Scored.of(corpus, corpus.examples(Part.VALIDATION), members);
    Combination raw = fit(calibration);
    Combination combination = raw.calibrated(validation.logOdds(raw), validation.attack());
    BenignTraffic benign = benign(corpus, combination, List.of(calibration, validation));
    Alerting alerting = Alerting.of(benign, settings);
    double threshold = alerting.flowThreshold(settings.falseAlertsPerDay());
    float[] probabilities = new float[validation.examples().size()];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = combination.probability(validation.of(i));
    }
    FlowGroups groups = new FlowGroups(validation.examples());
    Figures figures = Figures.of(groups, probabilities, threshold);
    progress.line(
        String.format(
            Locale.ROOT,
            "  validation: ROC-AUC %.4f, PR-AUC %.4f, TPR at 0.1 %% FPR %.4f; threshold %.6f for"
                + " %.1f false alerts a day",
            figures.all().rocAuc(),
            figures.all().prAuc(),
            figures.all().tprAt001(),
            threshold,
            settings.falseAlertsPerDay()));
    ObjectNode metrics = figures.toJson();
    metrics.put("false_alerts_per_day", settings.falseAlertsPerDay());
    ArrayNode budgets = metrics.putArray("budgets");
    for (double budget : settings.budgets()) {
      double at = alerting.flowThreshold(budget);
      budgets.add(budget(budget, Figures.of(groups, probabilities, at)));
    }
    List<String> ids = members.stream().map(Member::id).toList();
    HeldOut heldOut = new HeldOut(calibration, validation, ids);
    heldOut.coverage(metrics.putArray("coverage"));
    heldOut.calibrationError(metrics.putObject("calibration_error"), raw, combination);
    heldOut.without(metrics.putArray("without"), combination);
    halves(metrics.putArray("alerts_measured"), corpus, combination, calibration, validation);
    write(corpus, combination, alerting, figures, metrics);
    return figures;
  }

  /** Thresholds of each part held against the benign traffic of the other. */
  private void halves(
      ArrayNode list, Corpus corpus, Combination combination, Scored first, Scored second) {
    BenignTraffic one = benign(corpus, combination, List.of(first));
    BenignTraffic other = benign(corpus, combination, List.of(second));
    if (one.records().isEmpty() || other.records().isEmpty()) {
      return;
    }
    Alerting byOne = Alerting.of(one, settings);
    Alerting byOther = Alerting.of(other, settings);
    double days = (byOne.benignFlows() + byOther.benignFlows()) / settings.flowsPerDay();
    for (double budget : settings.budgets()) {
      list.addObject()
          .put("perDay", budget)
          .put("expected", budget * days)
          .put("measured", byOne.alerts(other, budget) + byOther.alerts(one, budget));
    }
  }

  private static ObjectNode budget(double perDay, Figures figures) {
    double labels =
        figures.recallByLabel().values().stream()
            .mapToDouble(Double::doubleValue)
            .average()
            .orElse(0);
    int runs = figures.runsByLabel().values().stream().mapToInt(Integer::intValue).sum();
    return JsonNodeFactory.instance
        .objectNode()
        .put("perDay", perDay)
        .put("threshold", figures.threshold())
        .put("false_alerts_per_million_benign_flows", figures.falseAlertsPerMillion())
        .put("mean_recall_of_labels", labels)
        .put("runs", runs)
        .put("alerted_runs", runs - figures.missedRuns().size());
  }

  private Combination fit(Scored calibration) {
    List<Example> examples = calibration.examples();
    double[] weights = weights(examples);
    List<Combination.Term> terms = new ArrayList<>();
    for (int m = 0; m < members.size(); m++) {
      Member member = members.get(m);
      Transform transform =
          member.supervised()
              ? new Transform.Logit(settings.epsilon())
              : tail(calibration.members().get(m), examples, weights);
      terms.add(new Combination.Term(member.id(), member.supervised(), transform, 0, 0));
    }
    float[][] scores = new float[examples.size()][];
    Arrays.setAll(scores, calibration::of);
    boolean[] attack = calibration.attack();
    Combination combination = Combination.fit(terms, scores, attack, weights, settings.plan());
    progress.line(
        "  weights: "
            + combination.terms().stream()
                .map(t -> String.format(Locale.ROOT, "%s %.2f", t.id(), t.weight()))
                .toList());
    return combination;
  }

  /** A label counts at most as much as the recipe's cap: floods must not decide alone. */
  private double[] weights(List<Example> examples) {
    Map<String, Integer> counts = new HashMap<>();
    examples.forEach(e -> counts.merge(e.kind(), 1, Integer::sum));
    double cap = file.recipe().sampling().attackCap();
    return examples.stream()
        .mapToDouble(e -> e.benign() ? e.weight() : Math.min(1, cap / counts.get(e.kind())))
        .toArray();
  }

  private Transform tail(RecordScores scores, List<Example> examples, double[] weights) {
    int[] benign =
        IntStream.range(0, examples.size())
            .filter(i -> examples.get(i).benign() && !scores.abstained(i))
            .toArray();
    double[] values = new double[benign.length];
    double[] counted = new double[benign.length];
    for (int i = 0; i < benign.length; i++) {
      values[i] = scores.scores()[benign[i]];
      counted[i] = weights[benign[i]];
    }
    return ConformalTail.fit(values, counted, settings.knotsPerDecade());
  }

  private BenignTraffic benign(Corpus corpus, Combination combination, List<Scored> parts) {
    List<BenignTraffic.Judged> judged = new ArrayList<>();
    for (Scored part : parts) {
      for (int i = 0; i < part.examples().size(); i++) {
        float[] scores = part.of(i);
        if (attested(part.examples().get(i)) && !Float.isNaN(combination.probability(scores))) {
          judged.add(judged(corpus, combination, scores, part, i));
        }
      }
    }
    judged.sort(Comparator.comparingInt(Judged::campaign).thenComparingInt(Judged::record));
    return new BenignTraffic(judged, settings.alertWindowSeconds());
  }

  private boolean attested(Example example) {
    return example.benign() && !settings.unattested().contains(example.truth().detail());
  }

  private Judged judged(
      Corpus corpus, Combination combination, float[] scores, Scored part, int i) {
    Example example = part.examples().get(i);
    Campaign campaign = corpus.campaigns().get(example.campaign());
    FlowRows rows = campaign.rows();
    int spokesman = combination.spokesman(scores);
    String attackClass =
        spokesman < 0
            ? AttackClass.ANOMALY.name()
            : members.get(spokesman).classes().get(part.members().get(spokesman).attackClass(i));
    long nanos = rows.lastNanos(example.row());
    return new Judged(
        example.campaign(),
        example.row(),
        new JudgedFlow(
            example.flowId(),
            rows.identity(example.row()),
            corpus.split().heldOutNanos(campaign.name(), nanos),
            1,
            new AttackClass(attackClass, ""),
            !rows.checkpoint(example.row())),
        nanos,
        combination.logOdds(scores));
  }

  private void write(
      Corpus corpus,
      Combination combination,
      Alerting alerting,
      Figures figures,
      ObjectNode metrics) {
    Recipe recipe = file.recipe();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("format", 1);
    node.put("id", recipe.id());
    node.put("version", recipe.version());
    node.set("members", combination.toJson());
    node.put("bias", combination.bias());
    ArrayNode classes = node.putArray("classes");
    recipe
        .classes()
        .forEach(c -> classes.addObject().put("name", c.name()).put("technique", c.technique()));
    alerting.into(node);
    List<Example> benign = corpus.examples(e -> attested(e) && e.part() == Part.CALIBRATION);
    if (!benign.isEmpty()) {
      NormalColumns.into(node.putObject("normal"), corpus, benign, views());
    }
    ObjectNode training = Provenance.of(file, corpus);
    ObjectNode hashes = training.putObject("members");
    members.forEach(m -> hashes.put(m.id() + " " + m.version(), m.sha256()));
    training.put("benign_flows", alerting.benignFlows());
    training.put("false_alerts_measured_up_to", alerting.flows().measuredUpTo());
    training.put("false_host_alerts_measured_up_to", alerting.hosts().measuredUpTo());
    node.set("training", training);
    node.set("metrics", metrics);
    TreeMap<String, byte[]> files = new TreeMap<>();
    files.put("ensemble.json", Json.bytes(node));
    files.put("card.md", EnsembleCard.of(recipe, node, figures).getBytes(StandardCharsets.UTF_8));
    BundleWriter.write(file.output(), files);
    progress.line(recipe.id() + " is written to " + file.output());
  }

  @Override
  public void close() {
    members.forEach(Member::close);
  }
}
