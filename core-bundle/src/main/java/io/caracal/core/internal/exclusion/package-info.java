/** What the operator does not want alerts about. */
@NullMarked
package io.caracal.core.internal.exclusion;

import org.jspecify.annotations.NullMarked;
