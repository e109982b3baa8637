package io.caracal.core.internal.command;

import io.caracal.api.alert.AlertJournal;
import io.caracal.api.alert.ExclusionStore;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.FlowTable;
import io.caracal.api.flow.View;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceRequest;
import io.caracal.api.plugin.PluginCounters;
import io.caracal.api.plugin.PluginReport;
import io.caracal.api.plugin.PluginState;
import io.caracal.api.plugin.PluginStatus;
import io.caracal.api.plugin.SensorCounters;
import io.caracal.api.plugin.Settings;
import io.caracal.core.internal.capture.SourcePool;
import io.caracal.core.internal.detect.DetectorPool;
import io.caracal.core.internal.detect.Panels;
import io.caracal.core.internal.ensemble.EnsemblePool;
import io.caracal.core.internal.exclusion.Exclusions;
import io.caracal.core.internal.exclusion.HomeNetworks;
import io.caracal.core.internal.flowlog.LogSettings;
import io.caracal.core.internal.lane.ViewPool;
import io.caracal.core.internal.lane.Wiring;
import io.caracal.core.internal.privacy.Pseudonyms;
import io.caracal.core.internal.sink.Deliveries;
import io.caracal.core.internal.sink.EventOutput;
import io.caracal.core.internal.sink.SinkConfigurations;
import io.caracal.core.internal.sink.SinkPool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The parts that a sensor is put together from: whatever the installed bundles offer. */
@Component(service = Parts.class)
public final class Parts {
  final PacketDecoder.Factory decoders;
  final FlowTable.Factory tables;
  final DetectorPool detectors;
  final EnsemblePool ensembles;
  final SourcePool sources;
  final AlertJournal.Factory journals;
  private final SinkPool sinks;
  private final SinkConfigurations configured;
  private final ExclusionStore.Factory stores;
  private final ViewPool views;
  final Settings settings;
  private final BundleContext context;

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private final List<PluginCounters> counters = new CopyOnWriteArrayList<>();

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private final List<FlowOutput.Format> formats = new CopyOnWriteArrayList<>();

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private final List<PluginReport> reports = new CopyOnWriteArrayList<>();

  /** Collects the parts. */
  @Activate
  public Parts(
      BundleContext context,
      @Reference PacketDecoder.Factory decoders,
      @Reference FlowTable.Factory tables,
      @Reference DetectorPool detectors,
      @Reference EnsemblePool ensembles,
      @Reference SourcePool sources,
      @Reference AlertJournal.Factory journals,
      @Reference SinkPool sinks,
      @Reference SinkConfigurations configured,
      @Reference ExclusionStore.Factory stores,
      @Reference ViewPool views) {
    this.views = views;
    this.stores = stores;
    this.decoders = decoders;
    this.tables = tables;
    this.detectors = detectors;
    this.ensembles = ensembles;
    this.sources = sources;
    this.journals = journals;
    this.sinks = sinks;
    this.configured = configured;
    this.context = context;
    this.settings = new Settings(context::getProperty);
  }

  List<View> views() {
    return views.current();
  }

  List<FlowOutput.Format> formats() {
    return formats.stream().sorted(Comparator.comparing(FlowOutput.Format::name)).toList();
  }

  /** Lets other bundles ask for the counters of a session, until the registration ends. */
  ServiceRegistration<SensorCounters> publish(SensorCounters counters) {
    return context.registerService(
        SensorCounters.class, counters, FrameworkUtil.asDictionary(Map.of()));
  }

  /** The folder of what the sensor remembers. */
  static Path state(BundleContext context) {
    return Path.of(new Settings(context::getProperty).text("state.dir", "state"));
  }

  private EventOutput output(AlertJournal.Mode mode) {
    try {
      UnaryOperator<SensorEvent> privacy = Pseudonyms.of(settings);
      return new Deliveries(journals.open(state(context), mode), mode, settings, privacy, sinks);
    } catch (IOException e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * A destination that was asked for and cannot be used stops the command: its events would be
   * lost. Models have an engine, destinations have none.
   */
  void requireSinks() {
    List<String> problems = configured.problems();
    if (!problems.isEmpty()) {
      throw new Failure(String.join("; ", problems));
    }
    for (PluginReport report : reports) {
      for (PluginStatus plugin : report.plugins()) {
        if (plugin.state() == PluginState.FAILED && plugin.engine().isEmpty()) {
          throw new Failure(plugin.reason());
        }
      }
    }
  }

  List<PluginReport> reports() {
    return List.copyOf(reports);
  }

  /** Chooses the detectors that are asked. */
  Panels panels() {
    return new Panels(settings, detectors, ensembles);
  }

  PacketInput open(SourceRequest request) throws IOException {
    return sources.open(request);
  }

  ExclusionStore openExclusions() throws IOException {
    return stores.open(state(context));
  }

  private Exclusions exclusions(boolean anew) {
    HomeNetworks home = HomeNetworks.of(settings);
    try {
      ExclusionStore store = openExclusions();
      if (anew) {
        store.forget();
      }
      return Exclusions.of(store, home);
    } catch (IOException e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }

  /** What a sensor is wired from, with the flow log that the settings ask for. */
  Wiring sensor(FlowSettings flows) {
    Optional<LogSettings> log = LogSettings.of(settings, formats(), views());
    return wiring(
        settings,
        flows,
        log.map(LogSettings::computed).orElse(List.of()),
        this::output,
        log,
        this::exclusions);
  }

  /** What a sensor is wired from that tells nobody of what it sees. */
  Wiring silent(FlowSettings flows) {
    return wiring(
        settings,
        flows,
        List.of(),
        mode -> EventOutput.NONE,
        Optional.empty(),
        anew -> Exclusions.none());
  }

  /**
   * The same where every detector that is asked sees every flow: what is normal is learnt of all.
   */
  Wiring attentive(FlowSettings flows) {
    Settings all =
        new Settings(key -> key.equals("caracal.cascade.late") ? "none" : context.getProperty(key));
    return wiring(
        all,
        flows,
        List.of(),
        mode -> EventOutput.NONE,
        Optional.empty(),
        anew -> Exclusions.none());
  }

  /** What lanes are wired from that compute views for an output, installed views or its own. */
  Wiring wiring(FlowSettings flows, List<View> outputs) {
    return wiring(
        settings,
        flows,
        outputs,
        mode -> EventOutput.NONE,
        Optional.empty(),
        anew -> Exclusions.none());
  }

  private Wiring wiring(
      Settings configured,
      FlowSettings flows,
      List<View> outputs,
      Function<AlertJournal.Mode, EventOutput> told,
      Optional<LogSettings> log,
      Exclusions.Opener exclusions) {
    return new Wiring(
        configured,
        flows,
        decoders,
        tables,
        () -> inUseAnd(outputs),
        views::changes,
        outputs.stream().map(view -> view.description().name()).collect(Collectors.toSet()),
        detectors,
        ensembles,
        told,
        log,
        exclusions,
        this::counted);
  }

  /** Of a view that an output asked for, the version that is in use by now. */
  private List<View> inUseAnd(List<View> outputs) {
    List<View> used = views();
    Set<String> names =
        used.stream().map(view -> view.description().name()).collect(Collectors.toSet());
    return Stream.concat(
            used.stream(),
            outputs.stream().filter(view -> !names.contains(view.description().name())))
        .toList();
  }

  private Map<String, Object> counted() {
    Map<String, Object> counted = new TreeMap<>();
    counters.forEach(part -> counted.putAll(part.counters()));
    return counted;
  }

  FlowSettings flowSettings() {
    FlowSettings base = FlowSettings.DEFAULT;
    return new FlowSettings(
        settings.seconds("flow.idle-timeout", base.idleTimeout()),
        settings.seconds("flow.active-timeout", base.activeTimeout()),
        settings.seconds("flow.activity-timeout", base.activityTimeout()),
        Arrays.stream(settings.text("flow.checkpoint-packets", "8,32").split(",", -1))
            .map(String::strip)
            .map(Integer::valueOf)
            .toList(),
        settings.seconds("flow.checkpoint-interval", base.checkpointInterval()),
        settings.integer("flow.max-flows", base.maxFlows()),
        new FlowSettings.Key(
            settings.flag("flow.key-vlan", base.key().vlan()),
            settings.flag("flow.key-tunnel", base.key().tunnel())),
        new FlowSettings.Emergency(
            settings.seconds("flow.emergency-idle-timeout", base.emergency().idleTimeout()),
            settings.integer("flow.emergency-sampling", base.emergency().sampling())));
  }
}
