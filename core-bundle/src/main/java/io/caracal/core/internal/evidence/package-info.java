/** Keeps recent packets and writes those of flows behind an alert to files. */
@NullMarked
package io.caracal.core.internal.evidence;

import org.jspecify.annotations.NullMarked;
