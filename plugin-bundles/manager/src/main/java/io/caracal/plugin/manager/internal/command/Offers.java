package io.caracal.plugin.manager.internal.command;

import io.caracal.api.alert.AlertSink;
import io.caracal.api.alert.EventFormat;
import io.caracal.api.detect.Detector;
import io.caracal.api.detect.Ensemble;
import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.View;
import io.caracal.api.packet.PacketSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** What a bundle offers to the sensor. */
final class Offers {
  /**
   * One thing.
   *
   * @param kind such as {@code detector}
   * @param name by which the sensor knows it
   */
  record Offer(String kind, String name) {
    @Override
    public String toString() {
      return kind + " " + name;
    }
  }

  private Offers() {}

  /** What a started bundle offers, sorted; empty if it has not started. */
  static List<Offer> of(Bundle bundle) {
    ServiceReference<?>[] services = bundle.getRegisteredServices();
    if (services == null) {
      return List.of();
    }
    return Arrays.stream(services)
        .flatMap(service -> offer(bundle.getBundleContext(), service).stream())
        .distinct()
        .sorted((a, b) -> a.toString().compareTo(b.toString()))
        .toList();
  }

  private static Optional<Offer> offer(BundleContext context, ServiceReference<?> reference) {
    Object service = context.getService(reference);
    try {
      return Stream.ofNullable(service).flatMap(Offers::offer).findFirst();
    } finally {
      context.ungetService(reference);
    }
  }

  private static Stream<Offer> offer(Object service) {
    return switch (service) {
      case Detector detector -> Stream.of(new Offer("detector", detector.description().id()));
      case Ensemble ensemble -> Stream.of(new Offer("ensemble", ensemble.description().id()));
      case View view ->
          Stream.of(
              new Offer("view", view.description().name() + " " + view.description().version()));
      case PacketSource source -> Stream.of(new Offer("source", source.name()));
      case AlertSink sink -> Stream.of(new Offer("sink", sink.name()));
      case EventFormat format -> Stream.of(new Offer("format", format.name()));
      case FlowOutput.Format format -> Stream.of(new Offer("flow format", format.name()));
      default -> Stream.empty();
    };
  }
}
