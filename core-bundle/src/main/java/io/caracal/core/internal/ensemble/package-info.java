/** Turns data-only ensemble bundles into services and combines scores by their descriptors. */
@NullMarked
package io.caracal.core.internal.ensemble;

import org.jspecify.annotations.NullMarked;
