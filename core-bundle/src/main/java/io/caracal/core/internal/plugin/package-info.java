/** What plugins offer, and which of it is used. */
@NullMarked
package io.caracal.core.internal.plugin;

import org.jspecify.annotations.NullMarked;
