/** Random forests by Tribuo. */
@NullMarked
package io.caracal.trainer.forest;

import org.jspecify.annotations.NullMarked;
