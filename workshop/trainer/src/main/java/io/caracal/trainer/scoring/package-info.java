/** What models answer, whatever runs them. */
@NullMarked
package io.caracal.trainer.scoring;

import org.jspecify.annotations.NullMarked;
