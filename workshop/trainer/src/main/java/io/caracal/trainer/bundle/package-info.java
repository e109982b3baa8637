/** The files of a model bundle: descriptor, golden vectors, model card. */
@NullMarked
package io.caracal.trainer.bundle;

import org.jspecify.annotations.NullMarked;
