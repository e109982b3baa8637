package io.caracal.core.internal.site;

import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.DetectorDescription;
import io.caracal.api.detect.DetectorKind;
import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Scores;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.ConnectionState;
import io.caracal.api.flow.DirectionRecord;
import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowRecord;
import io.caracal.core.internal.ensemble.EnsembleDescriptor;
import io.caracal.core.internal.ensemble.LogisticEnsemble;
import io.caracal.core.internal.evidence.Evidence;
import io.caracal.core.internal.lane.ScoredBatch;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A network whose benign flows have exponentially distributed scores of one unsupervised detector
 * and low probabilities of a supervised one, judged by an ensemble that was fitted elsewhere.
 */
public final class SyntheticSite {
  public static final AttackClass SCAN = new AttackClass("scan", "T1046");
  public static final long SECOND = 1_000_000_000L;
  public static final long START = 1_763_629_443L * SECOND;
  public static final double THRESHOLD = 0.98;

  /** Where it was fitted the mean score was 1. */
  static final String SHIPPED =
      """
      {"format": 1, "id": "ensemble", "version": "2.0.0", "bias": -4, "flowsPerDay": 50000,
       "classes": [{"name": "scan", "technique": "T1046"}],
       "members": [
        {"id": "distance", "kind": "unsupervised", "weight": 2, "abstainBias": 0,
         "transform": {"type": "tail", "scores": [0, 2.302585, 4.60517, 6.907755],
                       "pValues": [1, 0.1, 0.01, 0.001]}},
        {"id": "forest", "kind": "supervised", "weight": 0.5, "abstainBias": 0,
         "transform": {"type": "logit", "epsilon": 1e-4}}],
       "falseAlerts": [{"threshold": 0.5, "perDay": 100}, {"threshold": 0.98, "perDay": 5}]}
      """;

  private final Random random;
  private final double meanScore;

  public SyntheticSite(long seed, double meanScore) {
    this.random = new Random(seed);
    this.meanScore = meanScore;
  }

  public static byte[] shipped() {
    return SHIPPED.getBytes(StandardCharsets.UTF_8);
  }

  public static DetectorDescription detector(String id, DetectorKind kind, String version) {
    return new DetectorDescription(
        id, version, "", kind, List.of(), List.of(SCAN), "", "", 0, 0.9, Map.of());
  }

  /** Benign flows of some hosts in turn, one per second from a time on. */
  public void benign(ScoredBatch.Listener listener, int flows, int hosts, long fromSecond)
      throws IOException {
    for (int i = 0; i < flows; i++) {
      double score = -meanScore * Math.log(1 - random.nextDouble());
      flow(listener, i % hosts, fromSecond + i, score, 0.01 * random.nextDouble());
    }
  }

  /** One flow of a host. */
  public static void flow(
      ScoredBatch.Listener listener, int host, long second, double distance, double forest)
      throws IOException {
    FlowBatch batch = new FlowBatch(1, List.of());
    batch.add(record(host, START + second * SECOND));
    List<Vote> votes =
        List.of(
            vote(detector("distance", DetectorKind.UNSUPERVISED, "1.0.0"), distance),
            vote(detector("forest", DetectorKind.SUPERVISED, "1.1.0"), forest));
    Judgements judgements = new Judgements(1);
    judgements.reset(1);
    new LogisticEnsemble(EnsembleDescriptor.read(shipped())).judge(batch, votes, judgements);
    listener.onRow(
        new ScoredBatch(
            batch,
            votes,
            judgements,
            THRESHOLD,
            Double.POSITIVE_INFINITY,
            Optional.empty(),
            Evidence.NONE),
        0);
  }

  private static Vote vote(DetectorDescription detector, double score) {
    Scores scores = new Scores(1);
    scores.reset(1);
    scores.set(0, (float) score, 0);
    return new Vote(detector, scores);
  }

  static FlowRecord record(int host, long nanos) {
    DirectionRecord direction = answering(DirectionRecord.class, Map.of());
    return answering(
        FlowRecord.class,
        Map.of(
            "startNanos", nanos,
            "lastNanos", nanos,
            "writtenNanos", nanos,
            "identity",
                new FlowIdentity(
                    false, 0, 0x0a000000L + host, 1024, 0, 0x0a010001L, 443, 6, 0, false),
            "reason", EndReason.IDLE,
            "history", "",
            "state", ConnectionState.SF,
            "forward", direction,
            "backward", direction));
  }

  public static String address(int host) {
    return "10.0.0." + host;
  }

  private static <T> T answering(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                answers.getOrDefault(
                    method.getName(), method.getReturnType() == long.class ? (Object) 0L : 0)));
  }
}
