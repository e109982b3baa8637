/** Versions on trial: they score what the version in use scores and have no say. */
@NullMarked
package io.caracal.core.internal.shadow;

import org.jspecify.annotations.NullMarked;
