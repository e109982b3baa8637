/** Flow records as tables: the binary rows of docs/flow-rows.md and CSV. */
@NullMarked
package io.caracal.core.internal.rows;

import org.jspecify.annotations.NullMarked;
