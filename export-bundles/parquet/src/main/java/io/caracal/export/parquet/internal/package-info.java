/** Flow records as Parquet files. */
@NullMarked
package io.caracal.export.parquet.internal;

import org.jspecify.annotations.NullMarked;
