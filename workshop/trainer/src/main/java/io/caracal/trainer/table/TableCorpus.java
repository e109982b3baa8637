package io.caracal.trainer.table;

import io.caracal.trainer.TrainerException;
import io.caracal.trainer.corpus.Campaign;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.corpus.Split;
import io.caracal.trainer.recipe.ClassEntry;
import io.caracal.trainer.recipe.SplitPlan;
import io.caracal.trainer.rows.Address;
import io.caracal.trainer.rows.FlowRows;
import io.caracal.trainer.truth.FlowKey;
import io.caracal.trainer.truth.Matching;
import io.caracal.trainer.truth.Truth;
import io.caracal.trainer.truth.TruthFlow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Flow tables as a corpus, so that all that is trained on captures can be trained on them. A row is
 * a flow of one packet: no detector abstains from it.
 */
public final class TableCorpus {
  private static final Address NOBODY = Address.parse("0.0.0.0");
  private static final FlowKey UNKNOWN = FlowKey.of(NOBODY, 0, NOBODY, 0, 0);

  /** No captures to be dealt: {@link TableSplit} has given every row its part. */
  private static final SplitPlan PLAN =
      new SplitPlan(0, TableSplit.CALIBRATION, TableSplit.VALIDATION, 1, 0);

  private final FlowTable train;
  private final Optional<FlowTable> test;
  private final Set<String> without;

  /**
   * Tables to learn from and to be measured on.
   *
   * @param train all parts come from it, or without the validation part if there is a test table
   * @param test the validation part, or empty
   * @param without labels of attacks that are left out of the training and calibration parts
   */
  public TableCorpus(FlowTable train, Optional<FlowTable> test, Collection<String> without) {
    this.train = train;
    this.test = test;
    this.without = Set.copyOf(without);
    for (String label : without) {
      if (label.equals(TruthFlow.BENIGN) || !train.labels().contains(label)) {
        throw new TrainerException(
            "no attack of the table has the label "
                + label
                + ": the labels are "
                + new TreeSet<>(train.labels()));
      }
    }
  }

  /** A class for every label of an attack, trained on or not. */
  public List<ClassEntry> classes() {
    Set<String> labels = new TreeSet<>(train.labels());
    test.ifPresent(table -> labels.addAll(table.labels()));
    labels.remove(TruthFlow.BENIGN);
    return labels.stream().map(label -> new ClassEntry(label, "", List.of(label))).toList();
  }

  /** The corpus, to be closed. */
  public Corpus open() {
    OneHot encoding = new OneHot(train);
    List<Campaign> campaigns = new ArrayList<>();
    List<Example> examples = new ArrayList<>();
    add(campaigns, examples, "train", train, encoding, TableSplit.parts(train, test.isPresent()));
    test.ifPresent(
        table ->
            add(
                campaigns,
                examples,
                "test",
                table,
                encoding,
                TableSplit.only(Part.VALIDATION, table.count())));
    return new Corpus(campaigns, new Split(PLAN, Map.of()), examples);
  }

  private void add(
      List<Campaign> campaigns,
      List<Example> examples,
      String name,
      FlowTable table,
      OneHot encoding,
      Part[] parts) {
    FlowRows rows = FlowRows.of(train.view(), encoding.names(), encoding.rows(table));
    List<String> classes = classes().stream().map(ClassEntry::name).toList();
    List<TruthFlow> flows = new ArrayList<>();
    for (int row = 0; row < table.count(); row++) {
      TruthFlow truth = new TruthFlow(0, 0, UNKNOWN, table.labels().get(row), "", "");
      flows.add(truth);
      Part part =
          parts[row] != Part.VALIDATION && without.contains(truth.label()) ? Part.GAP : parts[row];
      int attackClass = truth.benign() ? Example.BENIGN : classes.indexOf(truth.label());
      examples.add(new Example(campaigns.size(), row, row, 1, row, truth, attackClass, part, 1));
    }
    campaigns.add(
        new Campaign(
            name,
            table.sha256(),
            rows,
            new Truth(flows, Map.of()),
            Matching.oneToOne(table.count())));
  }
}
