package io.caracal.core.internal.ensemble;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.Ensemble;
import io.caracal.api.detect.EnsembleDescription;
import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Scores;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FlowBatch;
import io.caracal.core.internal.ensemble.EnsembleDescriptor.FalseAlerts;
import io.caracal.core.internal.ensemble.EnsembleDescriptor.Member;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logistic stacking of calibrated scores that knows who abstained; stateless, so any lane may use
 * it.
 */
public final class LogisticEnsemble implements Ensemble {
  private static final Logger LOG = LoggerFactory.getLogger(LogisticEnsemble.class);

  /** What flows get of the budget of false alerts; the rest is for hosts. */
  private static final double FLOWS_SHARE = 0.5;

  private final EnsembleDescriptor descriptor;
  private final JsonNode learnt;

  /** Detectors in versions that the descriptor was not fitted to. */
  private final Set<String> foreign = ConcurrentHashMap.newKeySet();

  private final EnsembleDescription description;

  /** An ensemble by a descriptor that passed its check. */
  public LogisticEnsemble(EnsembleDescriptor descriptor) {
    this(descriptor, MissingNode.getInstance());
  }

  /**
   * A site profile.
   *
   * @param learnt its {@code site.json}
   */
  LogisticEnsemble(EnsembleDescriptor descriptor, JsonNode learnt) {
    this.learnt = learnt;
    this.descriptor = descriptor;
    this.description =
        new EnsembleDescription(
            descriptor.id(),
            descriptor.version(),
            descriptor.members().stream().map(Member::id).toList(),
            descriptor.classes());
  }

  @Override
  public EnsembleDescription description() {
    return description;
  }

  @Override
  public void judge(FlowBatch batch, List<Vote> votes, Judgements judgements) {
    Map<String, Vote> byId = new HashMap<>();
    votes.forEach(vote -> byId.put(vote.detector().id(), vote));
    List<Member> members = descriptor.members();
    Vote[] present = members.stream().map(member -> byId.get(member.id())).toArray(Vote[]::new);
    Transform[] transforms = new Transform[members.size()];
    for (int i = 0; i < transforms.length; i++) {
      transforms[i] = transform(members.get(i), present[i]);
    }
    double[] evidence = new double[members.size()];
    for (int row = 0; row < batch.size(); row++) {
      judge(row, members, transforms, present, evidence, judgements);
    }
  }

  /** A version that a site profile was not made for is judged as it was shipped, and told of. */
  private Transform transform(Member member, @Nullable Vote vote) {
    if (vote == null) {
      return member.transform();
    }
    String version = vote.detector().version();
    if (!member.fits(version) && foreign.add(member.id() + " " + version)) {
      LOG.warn(
          "{} {} was learnt with {} {} but {} scores: its shipped calibration holds; run learn"
              + " again",
          descriptor.id(),
          descriptor.version(),
          member.id(),
          member.detector(),
          version);
    }
    return member.transform(version);
  }

  private void judge(
      int row,
      List<Member> members,
      Transform[] transforms,
      @Nullable Vote[] present,
      double[] evidence,
      Judgements judgements) {
    double sum = descriptor.bias();
    double weights = 0;
    double spoken = 0;
    double withheld = 0;
    int voices = 0;
    AttackClass attackClass = AttackClass.ANOMALY;
    double strongest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < evidence.length; i++) {
      Member member = members.get(i);
      Vote vote = present[i];
      weights += Math.abs(member.weight());
      if (vote != null && vote.scores().withheld(row)) {
        withheld += Math.abs(member.weight());
        evidence[i] = Double.NaN;
        continue;
      }
      if (vote == null || vote.scores().abstained(row)) {
        sum += member.abstainBias();
        evidence[i] = Double.NaN;
        continue;
      }
      evidence[i] = member.weight() * transforms[i].apply(vote.scores().score(row));
      sum += evidence[i];
      spoken += Math.abs(member.weight());
      voices++;
      int index = vote.scores().attackClass(row);
      if (member.supervised() && index != Scores.NO_CLASS && evidence[i] > strongest) {
        strongest = evidence[i];
        attackClass = vote.detector().classes().get(index);
      }
    }
    if (voices > 0) {
      double whole = sum * whole(weights, withheld);
      judgements.set(
          row,
          (float) sigmoid(whole),
          tail(whole),
          (float) uncertainty(members, evidence, weights, spoken, voices),
          attackClass);
    }
  }

  /**
   * A member that was not asked is taken to say, for its weight, what the others said: unlike an
   * abstention its silence is no evidence.
   */
  private static double whole(double weights, double withheld) {
    return withheld < weights ? weights / (weights - withheld) : 1;
  }

  /** Share of benign flows that are judged at least as suspicious. */
  private float tail(double logOdds) {
    Transform tail = descriptor.benignTail();
    return tail == null ? 1 : (float) Math.min(1, Math.pow(10, -tail.apply(logOdds)));
  }

  /** Spread of what each member alone would say if it carried the whole weight. */
  private double uncertainty(
      List<Member> members, double[] evidence, double weights, double spoken, int voices) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < evidence.length; i++) {
      if (Double.isNaN(evidence[i])) {
        continue;
      }
      double weight = Math.abs(members.get(i).weight());
      double alone =
          weight == 0
              ? 0.5
              : sigmoid(descriptor.bias() * spoken / weights + evidence[i] * spoken / weight);
      if (voices == 1) {
        return alone >= 0.25 && alone <= 0.75 ? 1 : 0;
      }
      sum += alone;
      squares += alone * alone;
    }
    double mean = sum / voices;
    return Math.min(1, 2 * Math.sqrt(Math.max(0, squares / voices - mean * mean)));
  }

  /** The member's weight times the largest evidence there is, or what its silence counts. */
  @Override
  public double reach(String detector) {
    return descriptor.members().stream()
        .filter(member -> member.id().equals(detector))
        .mapToDouble(
            member ->
                Math.max(
                    Math.abs(member.weight()) * member.transform().most(),
                    Math.abs(member.abstainBias())))
        .max()
        .orElse(0);
  }

  /** The member's weight times its evidence. */
  @Override
  public double contribution(Vote vote, int row) {
    return descriptor.members().stream()
        .filter(member -> member.id().equals(vote.detector().id()))
        .mapToDouble(
            member ->
                member.weight()
                    * member.transform(vote.detector().version()).apply(vote.scores().score(row)))
        .findFirst()
        .orElse(0);
  }

  @Override
  public double normalShareBelow(String view, String column, double value) {
    NormalColumns normal = descriptor.normal();
    return normal == null ? Double.NaN : normal.shareBelow(view + '/' + column, value);
  }

  @Override
  public double threshold(double falseAlertsPerDay, double flowsPerDay) {
    double budget = falseAlertsPerDay * descriptor.flowsPerDay() / flowsPerDay;
    boolean shared = descriptor.falseHostAlerts() != null;
    return threshold(descriptor.falseAlerts(), shared ? budget * FLOWS_SHARE : budget);
  }

  @Override
  public double hostThreshold(double falseAlertsPerDay, double flowsPerDay) {
    double budget = falseAlertsPerDay * descriptor.flowsPerDay() / flowsPerDay;
    List<FalseAlerts> curve = descriptor.falseHostAlerts();
    return curve == null ? Double.POSITIVE_INFINITY : threshold(curve, budget * (1 - FLOWS_SHARE));
  }

  /** Log-linear between the knots of the measured curve; beyond them the nearest knot. */
  private static double threshold(List<FalseAlerts> curve, double budget) {
    for (int i = 0; i < curve.size(); i++) {
      if (curve.get(i).perDay() <= budget) {
        return i == 0 ? curve.get(0).threshold() : between(curve.get(i - 1), curve.get(i), budget);
      }
    }
    return curve.getLast().threshold();
  }

  /** What it judges by. */
  public EnsembleDescriptor descriptor() {
    return descriptor;
  }

  /** The {@code site.json} of a site profile; a missing node otherwise. */
  public JsonNode learnt() {
    return learnt;
  }

  /** What an ensemble is if it is one of this kind. */
  public static Optional<LogisticEnsemble> of(Ensemble ensemble) {
    Ensemble bare = ensemble instanceof GuardedEnsemble guarded ? guarded.unguarded() : ensemble;
    return bare instanceof LogisticEnsemble logistic ? Optional.of(logistic) : Optional.empty();
  }

  /** Flows per day of the site that this was learnt on; empty if it was not. */
  public OptionalDouble siteFlowsPerDay() {
    EnsembleDescriptor.Site site = descriptor.site();
    return site == null ? OptionalDouble.empty() : OptionalDouble.of(site.flowsPerDay());
  }

  private static double between(FalseAlerts low, FalseAlerts high, double perDay) {
    if (!(high.perDay() > 0)) {
      return high.threshold();
    }
    double span = Math.log(low.perDay()) - Math.log(high.perDay());
    double share = span <= 0 ? 1 : (Math.log(low.perDay()) - Math.log(perDay)) / span;
    return low.threshold() + share * (high.threshold() - low.threshold());
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
