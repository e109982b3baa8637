package io.caracal.api.detect;

import io.caracal.api.flow.FlowIdentity;

/**
 * One judgement of a flow, as the evidence against hosts takes it.
 *
 * @param id number of the flow; all judgements of one flow have the same
 * @param identity who talked to whom
 * @param nanos when, in packet time
 * @param tail share of benign flows that are judged at least as suspicious, 0 to 1
 * @param attackClass likeliest class of attack
 * @param last whether the flow has ended, so that no further judgement follows
 */
public record JudgedFlow(
    long id,
    FlowIdentity identity,
    long nanos,
    double tail,
    AttackClass attackClass,
    boolean last) {
  /** The same with another tail probability. */
  public JudgedFlow withTail(double other) {
    return new JudgedFlow(id, identity, nanos, other, attackClass, last);
  }
}
