package io.caracal.export.ipfix.internal;

import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.View;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** IPFIX, over UDP ({@code ipfix://HOST:PORT}) or TCP ({@code ipfix+tcp://HOST:PORT}). */
@Component(service = FlowOutput.Format.class)
public final class IpfixFormat implements FlowOutput.Format {
  @Override
  public String name() {
    return "ipfix";
  }

  @Override
  public String extension() {
    return "";
  }

  @Override
  public List<View> views(List<View> chosen, List<View> installed) {
    if (!chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "IPFIX has no elements for views; leave --view out or write a file");
    }
    return List.of();
  }

  /** A collector adds up what it is sent: a checkpoint would count twice. */
  @Override
  public boolean marksCheckpoints(List<View> views) {
    return false;
  }

  @Override
  public FlowOutput open(String destination, List<View> views, FlowSettings flows)
      throws IOException {
    return new IpfixOutput(Collector.of(destination).connect(), Clock.systemUTC());
  }
}
