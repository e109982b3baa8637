/**
 * What the views that look around share: numbers for the keys they remember, fixed hashes, sums
 * that fade. Memory is bounded and in primitive arrays, hashes are fixed, and arithmetic is exact
 * or strictly defined, so that a capture gives the same values on every run and machine.
 */
@NullMarked
package io.caracal.feature.internal.context;

import org.jspecify.annotations.NullMarked;
