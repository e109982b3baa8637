/** How a running sensor is told what to do: a Unix domain socket in its state folder. */
@NullMarked
package io.caracal.plugin.manager.internal.control;

import org.jspecify.annotations.NullMarked;
