/** Runs the detectors: which version scores now, leases that make swaps lossless, quarantine. */
@NullMarked
package io.caracal.core.internal.detect;

import org.jspecify.annotations.NullMarked;
