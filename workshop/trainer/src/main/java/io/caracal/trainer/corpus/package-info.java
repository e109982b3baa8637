/**
 * Labelled flow records of several campaigns, split by attack run and time, and samples of them.
 */
@NullMarked
package io.caracal.trainer.corpus;

import org.jspecify.annotations.NullMarked;
