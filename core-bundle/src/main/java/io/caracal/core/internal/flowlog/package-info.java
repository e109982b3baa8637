/** The flow log: every flow of a sensor at work and its features, in files rotated by time. */
@NullMarked
package io.caracal.core.internal.flowlog;

import org.jspecify.annotations.NullMarked;
