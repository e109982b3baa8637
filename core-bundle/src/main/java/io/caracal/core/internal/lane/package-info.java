/** The way of a packet: decode, count into flows, batch, score, judge. */
@NullMarked
package io.caracal.core.internal.lane;

import org.jspecify.annotations.NullMarked;
