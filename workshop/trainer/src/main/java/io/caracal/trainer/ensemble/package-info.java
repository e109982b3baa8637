/** Fitting the combination of the detectors and its curve of false alerts. */
@NullMarked
package io.caracal.trainer.ensemble;

import org.jspecify.annotations.NullMarked;
