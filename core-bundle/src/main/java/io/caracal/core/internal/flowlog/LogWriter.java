package io.caracal.core.internal.flowlog;

import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the flows of one period after the other into a file each. A file that cannot be written is
 * given up with its flows, which are counted; the next period has its own try. One thread, except
 * for the counters.
 */
final class LogWriter {
  private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

  private final LogSettings settings;
  private final FlowSettings flows;
  private final LogFolder folder;
  private long period = Long.MIN_VALUE;
  private boolean givenUp;
  private @Nullable FlowOutput output;
  private Path part = Path.of("");
  private long pending;
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong files = new AtomicLong();
  private final AtomicLong removed = new AtomicLong();

  LogWriter(LogSettings settings, FlowSettings flows) {
    this.settings = settings;
    this.flows = flows;
    folder = new LogFolder(settings.folder(), settings.format().extension(), settings.maxBytes());
    folder.reportLeftOvers();
  }

  /** Writes a batch, whose rows are of one period, into the file of that period. */
  void write(FlowBatch batch) {
    advance(batch.flow(0).writtenNanos());
    if (givenUp) {
      failed.addAndGet(batch.size());
      return;
    }
    pending += batch.size();
    try {
      open().write(batch);
    } catch (IOException | RuntimeException e) {
      giveUp(e);
    }
  }

  private FlowOutput open() throws IOException {
    FlowOutput open = output;
    if (open == null) {
      part = folder.begin(period);
      open = settings.format().open(part.toString(), settings.views(), flows);
      output = open;
    }
    return open;
  }

  /** Ends the file in hand if its period is over; a flow that is a little late still goes in. */
  void advance(long nanos) {
    if (due(nanos)) {
      finish();
      period = settings.periodOf(nanos);
      givenUp = false;
    }
  }

  /** Whether a time is in another period than the file in hand, and not just before it. */
  boolean due(long nanos) {
    long wanted = settings.periodOf(nanos);
    return wanted != period && wanted + settings.rotate().toNanos() != period;
  }

  /** Ends the file in hand. */
  void finish() {
    FlowOutput open = output;
    output = null;
    if (open != null) {
      try {
        open.close();
        folder.finish(part);
        files.incrementAndGet();
        written.addAndGet(pending);
        pending = 0;
        removed.set(folder.removed());
      } catch (IOException | RuntimeException e) {
        giveUp(e);
      }
    }
  }

  private void giveUp(Exception reason) {
    if (failed.get() == 0) {
      LOG.error(
          "the flow log {} cannot be written: {}; check the folder and its disk",
          part,
          reason.toString());
    }
    failed.addAndGet(pending);
    pending = 0;
    givenUp = true;
    FlowOutput open = output;
    output = null;
    try {
      if (open != null) {
        open.close();
      }
      Files.deleteIfExists(part);
    } catch (IOException | RuntimeException e) {
      LOG.debug("{} could not be removed", part, e);
    }
  }

  /** Counters under {@code flowlog.}; for any thread. */
  Map<String, Object> counters() {
    Map<String, Object> counters = new LinkedHashMap<>();
    counters.put("flowlog.written", written.get());
    counters.put("flowlog.failed", failed.get());
    counters.put("flowlog.files", files.get());
    counters.put("flowlog.removed", removed.get());
    return counters;
  }
}
