package io.caracal.api.alert;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Normal traffic has changed against what the ensemble was calibrated to, or no longer.
 *
 * @param timeNanos packet time when it was noticed
 * @param state what is the case from now on
 * @param sinceNanos packet time from which it is
 * @param reference version of the ensemble or site profile that traffic is compared with
 * @param index median over the detectors of {@code detectors}; above 0.25 much has changed
 * @param detectors population stability index of the p-values of flows judged benign, by detector;
 *     empty if not computed
 * @param columns the same of the feature columns that changed much, by {@code VIEW/COLUMN}, most
 *     first; empty without a site profile
 * @param hosts initiators of the flows compared
 */
public record DriftEvent(
    long timeNanos,
    State state,
    long sinceNanos,
    String reference,
    double index,
    Map<String, Double> detectors,
    Map<String, Double> columns,
    int hosts)
    implements SensorEvent {
  /** What became of normal traffic. */
  public enum State {
    /** Not enough was seen. */
    UNKNOWN,
    /** As the reference says. */
    STABLE,
    /** It differs, but not for long yet. */
    SUSPECTED,
    /** It differs because of one host: rather an attack or a fault of that host than drift. */
    CONCENTRATED,
    /** It differs, spread over hosts, and that lasts: learning again is due. */
    DRIFT;

    /**
     * The name in events and counters.
     *
     * @return lower case
     */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether nothing was noticed.
     *
     * @return true for {@link #UNKNOWN} and {@link #STABLE}
     */
    public boolean quiet() {
      return this == UNKNOWN || this == STABLE;
    }
  }

  /** Copies the maps and keeps their order. */
  public DriftEvent {
    detectors = Collections.unmodifiableMap(new LinkedHashMap<>(detectors));
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }
}
