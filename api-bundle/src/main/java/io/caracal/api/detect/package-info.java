/**
 * Judgement: detectors score batches of flows, an ensemble combines the scores into one calibrated
 * judgement per flow.
 */
@Export
@Version("1.4.0")
@NullMarked
package io.caracal.api.detect;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
