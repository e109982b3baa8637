package io.caracal.itests.plugin;

import io.caracal.api.alert.AlertSink;
import io.caracal.api.alert.FlowEvent;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.Detector;
import io.caracal.api.detect.DetectorDescription;
import io.caracal.api.detect.DetectorKind;
import io.caracal.api.detect.Ensemble;
import io.caracal.api.detect.EnsembleDescription;
import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Scores;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.View;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.PacketSource;
import io.caracal.api.packet.SourceRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Plugins with code, one of each kind; the header {@code Swap-Kind} says which. Versions with an
 * even last number answer {@link #EVEN} times what odd ones answer. What a test is to see goes to
 * services that it offers.
 */
public final class SwapPlugin implements BundleActivator {
  /** How much more even versions say. */
  public static final int EVEN = 2;

  /** What file names begin with that the source reads. */
  public static final String SCHEME = "swap:";

  private BundleContext context;
  private String version;
  private int factor;

  @Override
  public void start(BundleContext started) throws Exception {
    context = started;
    version = context.getBundle().getVersion().toString();
    factor = context.getBundle().getVersion().getMicro() % 2 == 0 ? EVEN : 1;
    String kind = context.getBundle().getHeaders().get("Swap-Kind");
    switch (kind) {
      case "detector" -> offer(Detector.class, new Packets(), Map.of(Detector.ID, "code"));
      case "view" -> offer(View.class, new TinyView(), Map.of());
      case "ensemble" ->
          offer(
              Ensemble.class,
              new Judge(service(BiConsumer.class)),
              Map.of(Detector.ID, "judge", "service.ranking", 1000));
      case "source" ->
          offer(PacketSource.class, new Files(file()), Map.of("service.ranking", 1000));
      case "sink" -> offer(AlertSink.class, new Sink(service(Consumer.class)), Map.of());
      default -> throw new IllegalArgumentException(kind);
    }
  }

  @Override
  public void stop(BundleContext stopped) {
    // The framework takes the service away.
  }

  private <T> void offer(Class<T> type, T service, Map<String, Object> properties) {
    Map<String, Object> all = new HashMap<>(properties);
    all.put(Detector.VERSION, version);
    context.registerService(type, service, FrameworkUtil.asDictionary(all));
  }

  private <T> T service(Class<T> type) throws InvalidSyntaxException {
    return context.getServiceReferences(type, "(swap=true)").stream()
        .map(context::getService)
        .findFirst()
        .orElseThrow();
  }

  private PacketSource file() throws InvalidSyntaxException {
    for (ServiceReference<PacketSource> one :
        context.getServiceReferences(PacketSource.class, null)) {
      PacketSource source = context.getService(one);
      if (source.name().equals("file")) {
        return source;
      }
    }
    throw new IllegalStateException("no source of files");
  }

  private final class Packets implements Detector {
    private final DetectorDescription description =
        new DetectorDescription(
            "code",
            version,
            "packets of a flow",
            DetectorKind.UNSUPERVISED,
            List.of(),
            List.of(),
            "java",
            "cpu",
            1,
            1e9,
            Map.of());

    @Override
    public DetectorDescription description() {
      return description;
    }

    @Override
    public void score(FlowBatch batch, Scores scores) {
      for (int row = 0; row < batch.size(); row++) {
        scores.set(row, (float) (factor * batch.packets(row)), -1);
      }
    }
  }

  private final class Judge implements Ensemble {
    private final BiConsumer<Object, Object> told;

    @SuppressWarnings("unchecked") // the test offers it so
    Judge(BiConsumer<?, ?> told) {
      this.told = (BiConsumer<Object, Object>) told;
    }

    @Override
    public EnsembleDescription description() {
      return new EnsembleDescription("judge", version, List.of("code", "sum"), List.of());
    }

    @Override
    public void judge(FlowBatch batch, List<Vote> votes, Judgements judgements) {
      told.accept(batch, votes);
      for (int row = 0; row < batch.size(); row++) {
        judgements.set(row, factor / 100f, 0, AttackClass.ANOMALY);
      }
    }

    @Override
    public double threshold(double falseAlertsPerDay, double flowsPerDay) {
      return 0.9;
    }
  }

  private static final class Files implements PacketSource {
    private final PacketSource file;

    Files(PacketSource file) {
      this.file = file;
    }

    @Override
    public String name() {
      return "swap";
    }

    @Override
    public boolean supports(SourceRequest request) {
      return request.name().startsWith(SCHEME);
    }

    @Override
    public PacketInput open(SourceRequest request) throws IOException {
      return file.open(SourceRequest.file(request.name().substring(SCHEME.length())));
    }
  }

  private static final class Sink implements AlertSink {
    private final Consumer<Object> told;

    @SuppressWarnings("unchecked") // the test offers it so
    Sink(Consumer<?> told) {
      this.told = (Consumer<Object>) told;
    }

    @Override
    public String name() {
      return "swap";
    }

    @Override
    public boolean wants(Class<? extends SensorEvent> type) {
      return type == FlowEvent.class;
    }

    @Override
    public void deliver(List<SensorEvent> events) {
      told.accept(events);
    }
  }
}
