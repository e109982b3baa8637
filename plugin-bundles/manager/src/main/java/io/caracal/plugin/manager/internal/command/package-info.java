/**
 * The commands that an operator gives about plugins, over the control socket or without a sensor.
 */
@NullMarked
package io.caracal.plugin.manager.internal.command;

import org.jspecify.annotations.NullMarked;
