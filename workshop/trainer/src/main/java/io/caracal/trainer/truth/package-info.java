/** Ground truth of labelled captures, and which of the sensor's flows it speaks of. */
@NullMarked
package io.caracal.trainer.truth;

import org.jspecify.annotations.NullMarked;
