/** What the launcher can ask of the sensor: replay, run, flows, detectors. */
@NullMarked
package io.caracal.core.internal.command;

import org.jspecify.annotations.NullMarked;
