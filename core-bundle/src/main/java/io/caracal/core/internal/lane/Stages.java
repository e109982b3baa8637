package io.caracal.core.internal.lane;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the lanes of a sensor share on the way of a record.
 *
 * @param plans which views are computed
 * @param contexts completes batches with what happens around their flows
 * @param scoring scores complete batches
 * @param order passes scored rows on
 * @param patienceNanos how long a lane waits for the others at most
 * @param aborted set when a lane failed and the others cannot go on
 */
record Stages(
    ViewPlans plans,
    ContextStage contexts,
    Scoring scoring,
    TimeOrder order,
    long patienceNanos,
    AtomicBoolean aborted) {}
