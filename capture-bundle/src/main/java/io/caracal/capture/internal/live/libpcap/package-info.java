/** Live interfaces through libpcap, called by java.lang.foreign. */
@NullMarked
package io.caracal.capture.internal.live.libpcap;

import org.jspecify.annotations.NullMarked;
