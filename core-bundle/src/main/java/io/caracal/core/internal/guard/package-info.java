/** What keeps a plugin that fails, is slow or does not come back from harming the rest. */
@NullMarked
package io.caracal.core.internal.guard;

import org.jspecify.annotations.NullMarked;
