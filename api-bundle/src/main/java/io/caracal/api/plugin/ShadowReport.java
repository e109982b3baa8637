package io.caracal.api.plugin;

import java.time.Duration;

/**
 * What a version on trial said of live flows, compared with the version in use.
 *
 * @param id the detector or ensemble
 * @param from version in use, empty if there is none
 * @param to version on trial
 * @param rows flow records that both scored; those that the version on trial scored if none is in
 *     use
 * @param agreement share of them that both call an attack or both do not, each by its own
 *     threshold; 1 if there are none
 * @param meanShift mean of the new score less the old one
 * @param largestShift the largest difference of two scores, without sign
 * @param timeFrom 99th percentile, to an eighth, of the time that the version in use took for a
 *     batch
 * @param timeTo the same of the version on trial
 * @param detectionsFrom flow records that are detections with the version in use
 * @param detectionsTo flow records that would be detections with the version on trial
 * @param failures batches on which the version on trial failed
 * @param end why the trial ended by itself, one sentence; empty while it goes on
 */
public record ShadowReport(
    String id,
    String from,
    String to,
    long rows,
    double agreement,
    double meanShift,
    double largestShift,
    Duration timeFrom,
    Duration timeTo,
    long detectionsFrom,
    long detectionsTo,
    long failures,
    String end) {}
