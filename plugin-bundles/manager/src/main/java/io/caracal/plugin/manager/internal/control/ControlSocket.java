package io.caracal.plugin.manager.internal.control;

import io.caracal.api.plugin.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the control socket of a sensor that runs. Commands that may come that way are services with
 * the property {@code caracal.control=true} besides {@code caracal.command}.
 */
@Component(service = Runnable.class, immediate = true, property = "caracal.signal=START")
public final class ControlSocket implements Runnable, ControlServer.Commands {
  /** Only a live run can be talked to: everything else ends by itself. */
  private static final String CONTROLLED = "run";

  private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);

  private final BundleContext context;
  private Optional<ControlServer> server = Optional.empty();

  /** The socket that the settings ask for. */
  @Activate
  public ControlSocket(BundleContext context) {
    this.context = context;
  }

  @Override
  public synchronized void run() {
    Settings settings = new Settings(context::getProperty);
    if (server.isPresent() || !settings.text("sensor.command", "").equals(CONTROLLED)) {
      return;
    }
    try {
      server = Optional.of(ControlServer.open(Path.of(settings.text("state.dir", "state")), this));
    } catch (IOException e) {
      LOG.warn("this sensor takes no commands: {}", e.getMessage());
    }
  }

  @Override
  public Optional<Integer> call(String command, Map<String, Object> options) {
    Optional<ServiceReference<ToIntFunction<Map<String, Object>>>> reference = find(command);
    Optional<ToIntFunction<Map<String, Object>>> service = reference.map(context::getService);
    try {
      return service.map(found -> found.applyAsInt(options));
    } finally {
      reference.ifPresent(context::ungetService);
    }
  }

  @SuppressWarnings("unchecked") // the property says what the service takes
  private Optional<ServiceReference<ToIntFunction<Map<String, Object>>>> find(String command) {
    try {
      for (ServiceReference<?> reference :
          context.getServiceReferences(ToIntFunction.class, "(caracal.control=true)")) {
        if (command.equals(reference.getProperty("caracal.command"))) {
          return Optional.of((ServiceReference<ToIntFunction<Map<String, Object>>>) reference);
        }
      }
      return Optional.empty();
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("caracal.control", e);
    }
  }

  /** Takes no more commands. */
  @Deactivate
  synchronized void close() {
    server.ifPresent(ControlServer::close);
    server = Optional.empty();
  }
}
