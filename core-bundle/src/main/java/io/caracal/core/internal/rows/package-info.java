/** Flow records and scores as the binary rows of docs/flow-rows.md. */
@NullMarked
package io.caracal.core.internal.rows;

import org.jspecify.annotations.NullMarked;
