package io.caracal.trainer.corpus;

import io.caracal.trainer.TrainerException;
import io.caracal.trainer.recipe.ClassEntry;
import io.caracal.trainer.recipe.Sampling;
import io.caracal.trainer.rows.FlowRows;
import io.caracal.trainer.rows.InputLayout;
import io.caracal.trainer.rows.RowsHeader;
import io.caracal.trainer.truth.Matching;
import io.caracal.trainer.truth.TruthFlow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** All labelled flow records of a recipe's campaigns. */
public final class Corpus implements AutoCloseable {
  private final List<Campaign> campaigns;
  private final Split split;
  private final List<Example> examples = new ArrayList<>();
  private final SortedMap<String, Integer> leftOut = new TreeMap<>();

  /**
   * Labels the records of campaigns.
   *
   * @param campaigns the captures; closed with the corpus
   * @param split how they are divided
   * @param sampling weights of benign activities
   * @param classes which labels form which class
   * @throws TrainerException if a label belongs to no class
   */
  public Corpus(
      List<Campaign> campaigns, Split split, Sampling sampling, List<ClassEntry> classes) {
    this.campaigns = List.copyOf(campaigns);
    this.split = split;
    for (int c = 0; c < campaigns.size(); c++) {
      label(c, sampling, classes);
    }
  }

  private Corpus(Corpus whole, Predicate<Example> wanted) {
    campaigns = whole.campaigns;
    split = whole.split;
    leftOut.putAll(whole.leftOut);
    whole.examples.stream().filter(wanted).forEach(examples::add);
  }

  /**
   * The same captures with fewer labelled records. It lives as long as the whole and is not closed.
   *
   * @param wanted which records stay
   * @return the part
   */
  public Corpus only(Predicate<Example> wanted) {
    return new Corpus(this, wanted);
  }

  /**
   * Records that are labelled already.
   *
   * @param campaigns where their rows are; closed with the corpus
   * @param split by which they were divided
   * @param examples the records
   */
  public Corpus(List<Campaign> campaigns, Split split, List<Example> examples) {
    this.campaigns = List.copyOf(campaigns);
    this.split = split;
    this.examples.addAll(examples);
  }

  private void label(int index, Sampling sampling, List<ClassEntry> classes) {
    Campaign campaign = campaigns.get(index);
    FlowRows rows = campaign.rows();
    for (int row = 0; row < rows.count(); row++) {
      int truthIndex = campaign.matching().truthOf(row);
      if (truthIndex == Matching.NONE || truthIndex == Matching.MIXED) {
        leftOut.merge(truthIndex == Matching.NONE ? "unmatched" : "mixed", 1, Integer::sum);
        continue;
      }
      TruthFlow truth = campaign.truth().flows().get(truthIndex);
      if (truth.leftOut()) {
        leftOut.merge(truth.label(), 1, Integer::sum);
        continue;
      }
      examples.add(
          new Example(
              index,
              row,
              rows.flowId(row),
              rows.packets(row),
              truthIndex,
              truth,
              truth.benign() ? Example.BENIGN : attackClass(truth.label(), classes),
              split.part(campaign.name(), truth),
              truth.benign() ? sampling.weight(truth.detail()) : 1));
    }
  }

  private static int attackClass(String label, List<ClassEntry> classes) {
    for (int c = 0; c < classes.size(); c++) {
      if (classes.get(c).covers(label)) {
        return c;
      }
    }
    throw new TrainerException(
        "the label " + label + " belongs to no class: add it to the recipe's [[classes]]");
  }

  /** The campaigns in the recipe's order. */
  public List<Campaign> campaigns() {
    return campaigns;
  }

  /** How they are divided. */
  public Split split() {
    return split;
  }

  /** The first campaign's header: the views are the same in all. */
  public RowsHeader header() {
    return campaigns.getFirst().rows().header();
  }

  /** Records without a label, by reason. */
  public SortedMap<String, Integer> leftOut() {
    return new TreeMap<>(leftOut);
  }

  /** The labelled records of a kind, in order of campaign and record. */
  public List<Example> examples(Predicate<Example> wanted) {
    return examples.stream().filter(wanted).toList();
  }

  /** The labelled records of a part. */
  public List<Example> examples(Part part) {
    return examples(example -> example.part() == part);
  }

  /** How the rows of some views stand one after the other. */
  public InputLayout layout(List<String> views) {
    return InputLayout.of(header(), views);
  }

  /** Raw rows of some records, row-major, one after the other. */
  public float[] rows(List<Example> wanted, InputLayout layout) {
    int width = layout.width();
    float[] values = new float[Math.multiplyExact(wanted.size(), width)];
    for (InputLayout.Input input : layout.inputs()) {
      int first = header().firstColumn(input.name());
      for (int i = 0; i < wanted.size(); i++) {
        Example example = wanted.get(i);
        FlowRows rows = campaigns.get(example.campaign()).rows();
        rows.copy(example.row(), first, input.width(), values, i * width + input.offset());
      }
    }
    return values;
  }

  /** Labelled records per label and part. */
  public SortedMap<String, SortedMap<Part, Integer>> counts() {
    SortedMap<String, SortedMap<Part, Integer>> counts = new TreeMap<>(Comparator.naturalOrder());
    for (Example example : examples) {
      counts
          .computeIfAbsent(example.truth().label(), label -> new TreeMap<>())
          .merge(example.part(), 1, Integer::sum);
    }
    return counts;
  }

  @Override
  public void close() {
    campaigns.forEach(campaign -> campaign.rows().close());
  }
}
