package io.caracal.core.internal.drift;

import com.fasterxml.jackson.databind.JsonNode;
import io.caracal.core.internal.ensemble.EnsembleDescriptor;
import io.caracal.core.internal.ensemble.EnsembleDescriptor.Member;
import io.caracal.core.internal.ensemble.LogisticEnsemble;
import io.caracal.core.internal.site.Histogram;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What traffic is compared with.
 *
 * @param version of the ensemble that judges
 * @param members its unsupervised detectors, whose p-values are even among normal flows
 * @param columns how the columns of the flat views were distributed, by {@code VIEW/COLUMN}; empty
 *     without a site profile
 */
record DriftReference(String version, List<Member> members, Map<String, Histogram> columns) {
  /** P-values of 0.5, 0.2, 0.1, 0.05, 0.02 and 0.01 as evidence, and how many flows lie between. */
  static final Histogram EVEN =
      new Histogram(
          List.of(0.30103, 0.69897, 1.0, 1.30103, 1.69897, 2.0),
          List.of(0.5, 0.3, 0.1, 0.05, 0.03, 0.01, 0.01));

  /** The mean of the negated decimal logarithm of even p-values. */
  static final double MEAN = 1 / Math.log(10);

  static DriftReference of(LogisticEnsemble ensemble) {
    EnsembleDescriptor descriptor = ensemble.descriptor();
    Map<String, Histogram> columns = new TreeMap<>();
    for (JsonNode column : ensemble.learnt().path("columns")) {
      columns.put(column.path("name").asText(), Histogram.of(column));
    }
    return new DriftReference(
        descriptor.version(),
        descriptor.members().stream().filter(m -> m.transform().type().equals("tail")).toList(),
        columns);
  }
}
