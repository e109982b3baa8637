package io.caracal.api.detect;

import io.caracal.api.flow.FlowIdentity;
import java.util.List;

/**
 * A host whose flows together are an attack, though none of them need be one alone.
 *
 * @param role what the host is in it
 * @param host its address; of a {@link Role#PAIR} that of the source
 * @param evidence what its flows add up to
 * @param threshold from which it is a detection
 * @param count how many flows gave evidence
 * @param sinceNanos when the first of them did, in packet time
 * @param flows the last of them, at most {@value #LISTED}, the newest last
 * @param attackClass the class with most of the evidence
 */
public record Suspicion(
    Role role,
    String host,
    double evidence,
    double threshold,
    long count,
    long sinceNanos,
    List<Flow> flows,
    AttackClass attackClass) {
  /** Flows listed. */
  public static final int LISTED = 100;

  /** What a host is in an attack. */
  public enum Role {
    /** It begins the flows, whatever they lead to. */
    SOURCE,
    /** It begins the flows, all towards one other host. */
    PAIR,
    /** The flows of several sources lead to it. */
    VICTIM
  }

  /**
   * A flow that gave evidence.
   *
   * @param id its number
   * @param identity who talked to whom
   */
  public record Flow(long id, FlowIdentity identity) {}

  /** Copies the list. */
  public Suspicion {
    flows = List.copyOf(flows);
  }
}
