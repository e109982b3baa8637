package io.caracal.trainer.ensemble;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.Progress;
import io.caracal.trainer.bundle.BundleWriter;
import io.caracal.trainer.bundle.EnsembleCard;
import io.caracal.trainer.bundle.Json;
import io.caracal.trainer.bundle.Provenance;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.evaluate.Figures;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.scoring.RecordScores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Fits the combination of finished detectors on the calibration part, which none of them was fitted
 * to, and measures it on the validation part.
 */
public final class EnsembleTraining implements AutoCloseable {
  private final Recipe.File file;
  private final EnsembleSettings settings;
  private final List<Member> members = new ArrayList<>();
  private final Progress progress;

  /**
   * Reads the members.
   *
   * @param file the recipe
   * @param progress told how it goes
   */
  public EnsembleTraining(Recipe.File file, Progress progress) {
    this.file = file;
    this.progress = progress;
    settings = file.recipe().model(EnsembleSettings.class);
    for (String member : settings.members()) {
      Path folder = file.file().toAbsolutePath().resolveSibling(member).normalize();
      members.add(Member.read(folder));
    }
  }

  /** The views that the members read. */
  public List<String> views() {
    return members.stream().map(Member::view).distinct().toList();
  }

  /**
   * Fits and writes the bundle's files.
   *
   * @param corpus the data, with the members' views
   * @return figures of the ensemble
   */
  public Figures run(Corpus corpus) {
    progress.line("scoring the calibration and validation parts with the members");
    MemberScores calibration = MemberScores.of(members, corpus, corpus.examples(Part.CALIBRATION));
    MemberScores validation = MemberScores.of(members, corpus, corpus.examples(Part.VALIDATION));
    Combination combination = fit(calibration);
    FalseAlertCount count = new FalseAlertCount(settings, corpus, List.of(calibration, validation));
    FalseAlertCurve curve = count.curve(combination);
    EnsembleMetrics metrics = new EnsembleMetrics(settings, combination, curve, validation);
    Figures figures = metrics.figures();
    progress.line(
        String.format(
            Locale.ROOT,
            "  validation: ROC-AUC %.4f, PR-AUC %.4f, TPR at 0.1 %% FPR %.4f; threshold %.6f for"
                + " %.1f false alerts a day",
            figures.all().rocAuc(),
            figures.all().prAuc(),
            figures.all().tprAt001(),
            figures.threshold(),
            settings.falseAlertsPerDay()));
    ObjectNode descriptor = descriptor(combination, curve);
    ObjectNode training = Provenance.of(file, corpus);
    ObjectNode hashes = training.putObject("members");
    members.forEach(m -> hashes.put(m.id() + " " + m.version(), m.sha256()));
    training.put("benign_flows", count.flows());
    training.put("false_alerts_measured_up_to", curve.measuredUpTo());
    descriptor.set("training", training);
    descriptor.set("metrics", metrics.toJson());
    write(descriptor, figures);
    return figures;
  }

  private Combination fit(MemberScores calibration) {
    List<Example> examples = calibration.examples();
    double[] weights = weights(examples);
    List<Combination.Term> terms = new ArrayList<>();
    for (int m = 0; m < members.size(); m++) {
      Member member = members.get(m);
      Transform transform =
          member.supervised()
              ? new Transform.Logit(settings.epsilon())
              : tail(calibration.scores().get(m), examples, weights);
      terms.add(new Combination.Term(member.id(), member.supervised(), transform, 0, 0));
    }
    float[][] scores = new float[examples.size()][];
    boolean[] attack = new boolean[examples.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = calibration.of(i);
      attack[i] = !examples.get(i).benign();
    }
    return Combination.fit(terms, scores, attack, weights, settings.ridge(), settings.missing());
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
    return ConformalTail.fit(
        IntStream.of(benign).mapToDouble(i -> scores.scores()[i]).toArray(),
        IntStream.of(benign).mapToDouble(i -> weights[i]).toArray(),
        settings.knotsPerDecade());
  }

  private ObjectNode descriptor(Combination combination, FalseAlertCurve curve) {
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
    node.put("flowsPerDay", settings.flowsPerDay());
    node.set("falseAlerts", curve.toJson());
    return node;
  }

  private void write(ObjectNode descriptor, Figures figures) {
    TreeMap<String, byte[]> files = new TreeMap<>();
    files.put("ensemble.json", Json.bytes(descriptor));
    files.put(
        "card.md",
        EnsembleCard.of(file.recipe(), descriptor, figures).getBytes(StandardCharsets.UTF_8));
    BundleWriter.write(file.output(), files);
    progress.line(file.recipe().id() + " is written to " + file.output());
  }

  @Override
  public void close() {
    members.forEach(Member::close);
  }
}
