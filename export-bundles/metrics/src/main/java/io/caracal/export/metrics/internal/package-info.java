/** The sensor's counters and its health, for those who watch over it. */
@NullMarked
package io.caracal.export.metrics.internal;

import org.jspecify.annotations.NullMarked;
