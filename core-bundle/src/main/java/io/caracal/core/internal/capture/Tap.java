package io.caracal.core.internal.capture;

import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.PacketSource;
import io.caracal.api.packet.SourceCounters;
import io.caracal.api.packet.SourceRequest;
import io.caracal.core.internal.lane.CaptureCounters;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One interface, captured for as long as the run lasts: by the best source there is, by another one
 * when sources come and go, and again after it failed. Lanes poll its {@linkplain #feeds feeds};
 * one thread {@linkplain #supervise supervises} it.
 */
final class Tap implements SourcePool.User {
  private static final Logger LOG = LoggerFactory.getLogger(Tap.class);

  /** A source is released this long after it went away even if a lane never comes back. */
  private static final Duration DRAIN = Duration.ofSeconds(10);

  /** In place of a source's name while the interface is not captured. */
  private static final String NONE = "none";

  private final InterfaceName wanted;
  private final SourceRequest request;
  private final SourcePool pool;
  private final Notices notices;
  private final long retryNanos;
  private final SourceChoice choice;
  private final SilenceWatch silence;
  private final LinkWatch link;
  private final List<Feed> feeds;
  private @Nullable PacketSource source;
  private long nextTry;
  private volatile String sourceName = NONE;
  private final AtomicLong reopened = new AtomicLong();

  /**
   * A tap that captures nothing yet.
   *
   * @param request asks for the interface
   */
  Tap(
      InterfaceName wanted,
      SourceRequest request,
      CaptureSettings settings,
      SourcePool pool,
      Notices notices) {
    this.wanted = wanted;
    this.request = request;
    this.pool = pool;
    this.notices = notices;
    this.retryNanos = settings.retry().toNanos();
    this.choice = new SourceChoice(wanted, request, pool);
    this.link = new LinkWatch(wanted.name(), LinkWatch.SYSTEM, notices);
    this.silence = new SilenceWatch(wanted.name(), settings.silence(), notices, System.nanoTime());
    Duration settle = Duration.ofMillis(50 + 2L * request.delayMillis());
    this.feeds = Stream.generate(() -> new Feed(settle)).limit(settings.lanes()).toList();
  }

  String name() {
    return wanted.name();
  }

  /** What each lane polls. */
  List<Feed> feeds() {
    return feeds;
  }

  /** Throws a sentence if no source that is installed may be used. */
  void requireSource() {
    choice.all();
  }

  /** Opens the interface; throws a sentence if no source can. */
  synchronized void open() throws IOException {
    pool.enter(this);
    nextTry = System.nanoTime() + retryNanos;
    use(Opening.first(choice.all(), request, feeds.size()));
    LOG.info(
        "listening on {} through {}{}",
        name(),
        sourceName,
        request.filter().isEmpty() ? "" : " for " + request.filter());
  }

  private void use(Opening opening) {
    String name = opening.source().name();
    opening
        .refused()
        .forEach(
            (better, reason) -> {
              if (choice.refuse(better)) {
                notices.warn(
                    name()
                        + " is captured through "
                        + name
                        + ", not "
                        + better.name()
                        + ": "
                        + reason);
              }
            });
    List<PacketInput> inputs = opening.inputs();
    if (inputs.size() < feeds.size()) {
      notices.warn(
          name() + " cannot be split by " + name + ": all its packets go to the first lane");
    }
    for (int i = 0; i < feeds.size(); i++) {
      feeds.get(i).change(i < inputs.size() ? Optional.of(inputs.get(i)) : Optional.empty());
    }
    source = opening.source();
    sourceName = name;
  }

  /** Looks after the interface: notices failures, opens it again, moves to a better source. */
  synchronized void supervise() {
    if (feeds.stream().anyMatch(Feed::changing)) {
      return;
    }
    link.look();
    watchSilence();
    Optional<String> failure = feeds.stream().flatMap(feed -> feed.failure().stream()).findFirst();
    if (source == null) {
      reopen();
    } else if (failure.isPresent()) {
      lose(failure.get());
    } else {
      improve(source);
    }
  }

  private void watchSilence() {
    if (source == null || link.down()) {
      silence.pause(System.nanoTime());
    } else {
      silence.look(counters().packets(), System.nanoTime());
    }
  }

  private void lose(String reason) {
    notices.warn(
        name()
            + " is not captured any more and is tried again every "
            + TimeUnit.NANOSECONDS.toSeconds(retryNanos)
            + " s: "
            + reason);
    source = null;
    sourceName = NONE;
    nextTry = System.nanoTime() + retryNanos;
    feeds.forEach(feed -> feed.change(Optional.empty()));
  }

  private void reopen() {
    if (System.nanoTime() - nextTry < 0) {
      return;
    }
    nextTry = System.nanoTime() + retryNanos;
    try {
      use(Opening.first(choice.all(), request, feeds.size()));
      reopened.incrementAndGet();
      notices.good(name() + " is captured again, through " + sourceName);
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("{} still cannot be captured: {}", name(), e.getMessage());
    }
  }

  private void improve(PacketSource now) {
    List<PacketSource> better = choice.betterThan(now);
    if (better.isEmpty()) {
      return;
    }
    try {
      use(Opening.first(better, request, feeds.size()));
      LOG.info("{} takes over {} from {}", sourceName, name(), now.name());
    } catch (IOException e) {
      better.forEach(choice::refuse);
      notices.warn(name() + " stays with " + now.name() + ": " + e.getMessage());
    }
  }

  @Override
  public synchronized void leave(PacketSource leaving) {
    awaitChange();
    if (leaving == source) {
      try {
        use(Opening.first(choice.all(), request, feeds.size()));
        LOG.info("{} takes over {} from {}, which goes away", sourceName, name(), leaving.name());
      } catch (IOException | IllegalArgumentException e) {
        lose(leaving.name() + " goes away, and " + e.getMessage());
      }
      awaitChange();
    }
  }

  private void awaitChange() {
    long deadline = System.nanoTime() + DRAIN.toNanos();
    while (feeds.stream().anyMatch(Feed::changing)) {
      if (System.nanoTime() - deadline > 0) {
        LOG.error("a lane did not let go of {} within {}", name(), DRAIN);
        return;
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Asks the lanes to read what has arrived and to close the inputs. */
  void finish() {
    pool.exit(this);
    feeds.forEach(feed -> feed.change(Optional.empty()));
  }

  /** Closes what the lanes left open. */
  void close() {
    feeds.forEach(Feed::close);
  }

  SourceCounters counters() {
    return feeds.stream().map(Feed::counters).reduce(SourceCounters.NONE, SourceCounters::plus);
  }

  private List<String> warnings() {
    if (sourceName.equals(NONE)) {
      return List.of("not_captured");
    }
    if (link.down()) {
      return List.of("down");
    }
    return silence.silent() ? List.of("silent") : List.of();
  }

  /** Adds the counters under {@code capture.NAME.}; for any thread. */
  void count(Map<String, Object> counters) {
    String prefix = "capture." + name() + ".";
    counters.put(prefix + "source", sourceName);
    CaptureCounters.put(counters, prefix, counters());
    counters.put(prefix + "already_seen", feeds.stream().mapToLong(Feed::skipped).sum());
    counters.put(prefix + "reopened", reopened.get());
    counters.put(prefix + "warnings", warnings());
  }
}
