package io.caracal.api.alert;

/**
 * One flow that was judged an attack: evidence, not yet an alert.
 *
 * @param timeNanos last packet of the flow as judged
 * @param detection the judgement
 */
public record AnomalyEvent(long timeNanos, Detection detection) implements SensorEvent {}
