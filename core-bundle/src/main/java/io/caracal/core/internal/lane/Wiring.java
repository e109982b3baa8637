package io.caracal.core.internal.lane;

import io.caracal.api.alert.AlertJournal;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.FlowTable;
import io.caracal.api.flow.View;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.plugin.Settings;
import io.caracal.core.internal.detect.DetectorPool;
import io.caracal.core.internal.detect.Panels;
import io.caracal.core.internal.ensemble.EnsemblePool;
import io.caracal.core.internal.exclusion.Exclusions;
import io.caracal.core.internal.flowlog.LogSettings;
import io.caracal.core.internal.sink.EventOutput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The parts that a {@link Session} is wired from.
 *
 * @param views the views that are in use now
 * @param viewChanges goes up whenever others are
 * @param outputViews names of the views that are computed whether a detector reads them or not
 * @param output opens the way to the journal and the sinks
 * @param flowLog what is logged of every flow, if anything
 * @param exclusions opens what the operator does not want alerts about
 * @param counters what parts outside the pipeline count
 */
public record Wiring(
    Settings settings,
    FlowSettings flows,
    PacketDecoder.Factory decoders,
    FlowTable.Factory tables,
    Supplier<List<View>> views,
    IntSupplier viewChanges,
    Set<String> outputViews,
    DetectorPool detectors,
    EnsemblePool ensembles,
    Function<AlertJournal.Mode, EventOutput> output,
    Optional<LogSettings> flowLog,
    Exclusions.Opener exclusions,
    Supplier<Map<String, Object>> counters) {
  /** Copies the set. */
  public Wiring {
    outputViews = Set.copyOf(outputViews);
  }

  /** Chooses the detectors that are asked. */
  Panels panels() {
    return new Panels(settings, detectors, ensembles);
  }

  /** The flow settings of one of several lanes, which share the room for flows evenly. */
  FlowSettings flowsOfOneOf(int lanes) {
    return flows.withMaxFlows(Math.max(1, flows.maxFlows() / lanes));
  }
}
