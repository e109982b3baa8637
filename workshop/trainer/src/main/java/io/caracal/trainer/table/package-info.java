/** Labelled flow tables of other projects, read as if the sensor had written them. */
@NullMarked
package io.caracal.trainer.table;

import org.jspecify.annotations.NullMarked;
