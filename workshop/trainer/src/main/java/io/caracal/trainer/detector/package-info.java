/** Training one detector by its recipe: normalise, fit, export, check parity, measure. */
@NullMarked
package io.caracal.trainer.detector;

import org.jspecify.annotations.NullMarked;
