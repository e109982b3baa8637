/**
 * How a command reaches a running sensor: a Unix domain socket in its state folder, spoken to in
 * the Nailgun protocol.
 */
@NullMarked
package io.caracal.plugin.control;

import org.jspecify.annotations.NullMarked;
