/** A Gogo shell in a running sensor, reached over its control socket alone. */
@NullMarked
package io.caracal.plugin.manager.internal.shell;

import org.jspecify.annotations.NullMarked;
