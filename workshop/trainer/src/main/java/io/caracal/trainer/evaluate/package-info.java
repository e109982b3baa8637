/** Figures of merit, exact and with ties, and the evaluation of the installed sensor. */
@NullMarked
package io.caracal.trainer.evaluate;

import org.jspecify.annotations.NullMarked;
