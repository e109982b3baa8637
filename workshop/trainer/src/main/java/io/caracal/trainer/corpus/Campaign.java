package io.caracal.trainer.corpus;

import io.caracal.trainer.rows.FlowRows;
import io.caracal.trainer.truth.Matching;
import io.caracal.trainer.truth.Truth;

/**
 * One labelled capture as the sensor saw it.
 *
 * @param name its name
 * @param captureSha256 hash of the capture
 * @param rows the sensor's records
 * @param truth the labels
 * @param matching which belongs to which
 */
public record Campaign(
    String name, String captureSha256, FlowRows rows, Truth truth, Matching matching) {}
