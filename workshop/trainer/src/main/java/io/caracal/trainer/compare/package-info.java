/** Detectors of several families on one flow table, side by side. */
@NullMarked
package io.caracal.trainer.compare;

import org.jspecify.annotations.NullMarked;
