package io.caracal.api.alert;

/**
 * One flow that was judged an attack: evidence for an alert.
 *
 * @param timeNanos last packet of the flow as judged
 * @param detection the judgement
 * @param alert id of the alert that it belongs to
 */
public record AnomalyEvent(long timeNanos, Detection detection, String alert)
    implements SensorEvent {}
