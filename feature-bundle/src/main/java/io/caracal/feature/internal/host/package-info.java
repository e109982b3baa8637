/**
 * The {@code host} view: what the other flows of a flow's source, destination and service did. All
 * memory is bounded and in primitive arrays, every hash is fixed, and all arithmetic is exact or
 * strictly defined, so that a capture gives the same values on every run and machine.
 */
@NullMarked
package io.caracal.feature.internal.host;

import org.jspecify.annotations.NullMarked;
