package io.caracal.api.detect;

/**
 * One detector's scores for a batch, as an ensemble sees them.
 *
 * @param detector who scored
 * @param scores one per row of the batch
 */
public record Vote(DetectorDescription detector, Scores scores) {}
