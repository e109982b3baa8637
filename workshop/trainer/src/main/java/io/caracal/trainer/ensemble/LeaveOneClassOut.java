package io.caracal.trainer.ensemble;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.Progress;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.corpus.Sampler;
import io.caracal.trainer.detector.DetectorTrainer;
import io.caracal.trainer.detector.TrainedModel;
import io.caracal.trainer.evaluate.FlowGroups;
import io.caracal.trainer.evaluate.Ranking;
import io.caracal.trainer.evaluate.Spread;
import io.caracal.trainer.recipe.ClassEntry;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.rows.InputLayout;
import io.caracal.trainer.scoring.BatchScorer;
import io.caracal.trainer.scoring.RecordScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How well attacks are found that no training knew: every supervised detector is trained once for
 * each attack class, without any flow of that class, and measured on all flows of the class against
 * the benign flows of the validation part. Finished detectors that learnt from normal traffic alone
 * are measured as they are. The combinations are fitted to calibration records without the class.
 */
public final class LeaveOneClassOut {
  private static final double[] RATES = {0.001, 0.01};

  private final Corpus corpus;
  private final List<Learner> learners;
  private final List<Member> finished;
  private final Progress progress;

  /**
   * A detector that is trained anew for each class.
   *
   * @param recipe its recipe
   * @param trainer fits it
   */
  public record Learner(Recipe recipe, DetectorTrainer trainer) {}

  /**
   * An experiment.
   *
   * @param corpus the data, with the views of all detectors
   * @param learners detectors that learn from labels
   * @param finished detectors that do not, read from their bundles
   * @param progress told how it goes
   */
  public LeaveOneClassOut(
      Corpus corpus, List<Learner> learners, List<Member> finished, Progress progress) {
    this.corpus = corpus;
    this.learners = List.copyOf(learners);
    this.finished = List.copyOf(finished);
    this.progress = progress;
  }

  /** TPRs by name of the detector or combination, one per seed, at each of the rates. */
  private static final class Rates {
    private final Map<String, List<double[]>> values = new LinkedHashMap<>();

    void add(String name, FlowGroups groups, float[] scores) {
      double[] highest = groups.highest(scores);
      boolean[] attack = new boolean[highest.length];
      for (int i = 0; i < attack.length; i++) {
        attack[i] = !groups.flows().get(i).benign();
      }
      Ranking ranking = new Ranking(highest, attack);
      double[] rates = new double[RATES.length];
      for (int r = 0; r < rates.length; r++) {
        rates[r] = ranking.tprAtFpr(RATES[r]);
      }
      values.computeIfAbsent(name, n -> new ArrayList<>()).add(rates);
    }

    ObjectNode toJson() {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      values.forEach(
          (name, seeds) -> {
            ObjectNode one = node.putObject(name);
            for (int r = 0; r < RATES.length; r++) {
              int rate = r;
              one.set(key(r), Spread.of(seeds.stream().mapToDouble(s -> s[rate]).toArray()));
            }
          });
      return node;
    }
  }

  private static String key(int rate) {
    return "tpr_at_fpr_" + RATES[rate];
  }

  /**
   * Runs it.
   *
   * @param classes the classes to leave out, one after the other
   * @param seeds one training per seed
   * @return the object {@code leave_one_class_out} of metrics.json
   */
  public ObjectNode run(List<ClassEntry> classes, List<Long> seeds) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    seeds.forEach(node.putArray("seeds")::add);
    ObjectNode byClass = node.putObject("classes");
    Map<String, List<double[]>> perSeed = new LinkedHashMap<>();
    for (ClassEntry left : classes) {
      List<Example> test =
          corpus.examples(
              e -> e.benign() ? e.part() == Part.VALIDATION : left.covers(e.truth().label()));
      FlowGroups groups = new FlowGroups(test);
      Rates rates = run(left, seeds, test, groups);
      long flows = groups.flows().stream().filter(flow -> !flow.benign()).count();
      long runs =
          groups.flows().stream()
              .filter(flow -> !flow.benign())
              .map(flow -> flow.campaign() + "/" + flow.truth().label() + "/" + flow.truth().run())
              .distinct()
              .count();
      ObjectNode one = byClass.putObject(left.name()).put("flows", flows).put("runs", runs);
      one.set("detectors", rates.toJson());
      rates.values.forEach(
          (name, values) -> {
            List<double[]> sums =
                perSeed.computeIfAbsent(
                    name,
                    n ->
                        Stream.generate(() -> new double[RATES.length])
                            .limit(seeds.size())
                            .toList());
            for (int s = 0; s < values.size(); s++) {
              for (int r = 0; r < RATES.length; r++) {
                sums.get(s)[r] += values.get(s)[r] / classes.size();
              }
            }
          });
    }
    Rates means = new Rates();
    means.values.putAll(perSeed);
    node.set("mean_of_classes", means.toJson());
    return node;
  }

  private Rates run(ClassEntry left, List<Long> seeds, List<Example> test, FlowGroups groups) {
    Corpus known = corpus.only(e -> e.benign() || !left.covers(e.truth().label()));
    List<Example> calibration =
        new Sampler(learners.getFirst().recipe().sampling())
            .sample(known.examples(Part.CALIBRATION), seeds.getFirst());
    List<Example> all = Stream.concat(calibration.stream(), test.stream()).toList();
    List<float[]> same = new ArrayList<>();
    for (Member member : finished) {
      same.add(scores(member.scorer(), all, member.layout(), member.minimumPackets()));
    }
    Rates rates = new Rates();
    for (long seed : seeds) {
      progress.line("without the class " + left.name() + ", seed " + seed);
      List<String> names = new ArrayList<>();
      List<Boolean> supervised = new ArrayList<>();
      List<float[]> columns = new ArrayList<>();
      for (Learner learner : learners) {
        Recipe recipe = learner.recipe();
        progress.line(recipe.id());
        try (TrainedModel model = learner.trainer().train(recipe, known, seed, progress)) {
          InputLayout layout = corpus.layout(recipe.views());
          columns.add(scores(model.scorer(), all, layout, recipe.minimumPackets()));
        }
        names.add(recipe.id());
        supervised.add(true);
      }
      for (int m = 0; m < finished.size(); m++) {
        names.add(finished.get(m).id());
        supervised.add(finished.get(m).supervised());
        columns.add(same.get(m));
      }
      for (int m = 0; m < names.size(); m++) {
        rates.add(names.get(m), groups, part(columns.get(m), calibration.size(), all.size()));
      }
      Fusion fusion = new Fusion(supervised, calibration, rows(columns, 0, calibration.size()));
      fusion
          .of(rows(columns, calibration.size(), all.size()))
          .forEach((name, scores) -> rates.add(name, groups, scores));
      rates.values.forEach(
          (name, values) ->
              progress.line(
                  String.format(
                      Locale.ROOT,
                      "  %-22s TPR at 0.1 %% FPR %.3f, at 1 %% FPR %.3f",
                      name,
                      values.getLast()[0],
                      values.getLast()[1])));
    }
    return rates;
  }

  private float[] scores(
      BatchScorer model, List<Example> examples, InputLayout layout, int minimumPackets) {
    return RecordScores.of(model, corpus, examples, layout, minimumPackets).scores();
  }

  private static float[] part(float[] scores, int from, int to) {
    return Arrays.copyOfRange(scores, from, to);
  }

  private static float[][] rows(List<float[]> columns, int from, int to) {
    float[][] rows = new float[to - from][columns.size()];
    for (int i = from; i < to; i++) {
      for (int m = 0; m < columns.size(); m++) {
        rows[i - from][m] = columns.get(m)[i];
      }
    }
    return rows;
  }
}
