package io.caracal.api.alert;

/**
 * A feature that drove a judgement.
 *
 * @param detector whose score it drove
 * @param view the view it belongs to
 * @param name the column's name
 * @param unit the column's unit
 * @param actual its value in this flow
 * @param typical its median over benign training flows
 * @param weight share of the score that goes away when the value is replaced by the typical one, 0
 *     to 1
 */
public record FeatureDriver(
    String detector,
    String view,
    String name,
    String unit,
    float actual,
    float typical,
    float weight) {}
