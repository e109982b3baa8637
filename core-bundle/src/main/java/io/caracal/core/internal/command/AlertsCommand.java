package io.caracal.core.internal.command;

import io.caracal.api.alert.AlertArchive;
import io.caracal.api.alert.AlertArchive.Listed;
import io.caracal.api.alert.AlertArchive.Query;
import io.caracal.api.alert.AlertJournal;
import io.caracal.api.alert.AlertSink;
import io.caracal.api.alert.EventFormat;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.Severity;
import io.caracal.api.plugin.Settings;
import io.caracal.core.internal.sink.SinkPool;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * What the journal holds, for people and programs. Options: {@code action} (list, show, export,
 * mark, pcap, sinks), {@code db} (file, default that of {@code state.dir}), {@code id}, {@code
 * since} (seconds), {@code class}, {@code host}, {@code severity} (1 to 3), {@code open}, {@code
 * json}, {@code format}, {@code file}, {@code attack}, {@code comment}.
 */
@Component(service = ToIntFunction.class, property = Command.NAME + "=alerts")
public final class AlertsCommand extends Command {
  private final AlertJournal.Factory journals;
  private final SinkPool sinks;
  private final Path state;
  private final Path evidence;

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private final List<EventFormat> formats = new CopyOnWriteArrayList<>();

  /** Reads the journals of the bundle installed. */
  @Activate
  public AlertsCommand(
      BundleContext context, @Reference AlertJournal.Factory journals, @Reference SinkPool sinks) {
    this.journals = journals;
    this.sinks = sinks;
    this.state = Parts.state(context);
    this.evidence =
        Path.of(
            new Settings(context::getProperty)
                .text("evidence.dir", state.resolve("evidence").toString()));
  }

  @Override
  int run(Options options) throws IOException {
    Path file = options.path("db").orElse(state.resolve(AlertJournal.FILE));
    try (AlertArchive archive = journals.archive(file)) {
      switch (options.text("action", "list")) {
        case "show" -> show(archive, id(archive, options), file);
        case "export" -> export(archive, options);
        case "mark" ->
            archive.mark(id(archive, options), options.flag("attack"), options.text("comment", ""));
        case "pcap" -> pcap(id(archive, options), packets(file), options);
        case "sinks" -> AlertRows.sinks(archive.sinks()).print(System.out);
        default -> list(archive, options);
      }
      return 0;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Query query(Options options) {
    return new Query(
        Optional.of(options.text("since", ""))
            .filter(text -> !text.isEmpty())
            .map(seconds -> Instant.now().minus(Duration.ofSeconds(Long.parseLong(seconds)))),
        Optional.of(options.text("class", "")).filter(text -> !text.isEmpty()),
        Optional.of(options.text("host", "")).filter(text -> !text.isEmpty()),
        Arrays.stream(Severity.values())
            .filter(one -> options.text("severity", "").equals("" + one.number()))
            .findFirst(),
        options.flag("open"));
  }

  /** The one id that begins as was typed. */
  private static String id(AlertArchive archive, Options options) throws IOException {
    String prefix = options.text("id", "");
    List<String> ids = archive.ids(prefix);
    if (ids.isEmpty()) {
      throw new Failure(
          "the journal holds no alert " + prefix + "; caracal alerts list shows what it holds");
    }
    if (ids.size() > 1) {
      throw new Failure(
          "more than one alert begins with "
              + prefix
              + ": "
              + String.join(", ", ids)
              + "; type more of it");
    }
    return ids.getFirst();
  }

  private void list(AlertArchive archive, Options options) throws IOException {
    if (options.flag("json")) {
      EventFormat eve = EventFormat.named("eve", formats);
      archive.list(query(options), listed -> System.out.println(AlertRows.json(listed, eve)));
      return;
    }
    List<Listed> all = new ArrayList<>();
    archive.list(query(options), all::add);
    AlertRows.alerts(all).print(System.out);
  }

  /** As the terminal shows it, every state of it, and what else is known. */
  private void show(AlertArchive archive, String id, Path file) throws IOException {
    List<AlertArchive.State> history = archive.history(id);
    AlertSink terminal =
        sinks
            .named("terminal")
            .orElseThrow(() -> new Failure("alerts are shown by the terminal bundle; install it"));
    List<SensorEvent> events =
        history.stream().<SensorEvent>map(AlertArchive.State::event).toList();
    try {
      terminal.deliver(events);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new Failure("the alert cannot be shown: " + e.getMessage(), e);
    }
    AlertRows.about(history, archive.verdict(id), packets(file)).print(System.out);
  }

  /** The folder of the packets behind the alerts of a journal. */
  private Path packets(Path journal) {
    return journal.equals(state.resolve(AlertJournal.FILE))
        ? evidence
        : journal.toAbsolutePath().resolveSibling("evidence");
  }

  private static void pcap(String id, Path folder, Options options) throws IOException {
    Path packets = folder.resolve(id + ".pcapng");
    if (!Files.exists(packets)) {
      throw new Failure(
          "there are no packets of the alert "
              + id
              + " in "
              + folder
              + ": they are kept where evidence.bytes is above 0, until newer ones need the room"
              + " (evidence.max-bytes); evidence.dir names the folder");
    }
    Optional<Path> file = options.path("file");
    if (file.isPresent()) {
      Files.copy(packets, prepare(file.get()), StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    Files.copy(packets, System.out);
    if (System.out.checkError()) {
      throw new Failure("standard output does not take the packets; is the pipe still open?");
    }
  }

  private void export(AlertArchive archive, Options options) throws IOException {
    EventFormat format = EventFormat.named(options.text("format", "eve"), formats);
    Optional<Path> file = options.path("file");
    if (file.isEmpty()) {
      archive.export(query(options), event -> write(System.out, format.write(event)));
      if (System.out.checkError()) {
        throw new Failure("standard output does not take the alerts; is the pipe still open?");
      }
      return;
    }
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(prepare(file.get())))) {
      archive.export(query(options), event -> write(out, format.write(event)));
    }
  }

  private static void write(OutputStream out, byte[] line) {
    try {
      out.write(line);
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
