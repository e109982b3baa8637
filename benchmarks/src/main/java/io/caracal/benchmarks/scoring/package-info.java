/** What it costs to score flows: the sensor's detectors beside the bare runtime. */
@NullMarked
package io.caracal.benchmarks.scoring;

import org.jspecify.annotations.NullMarked;
