/**
 * Live interfaces: what the three ways of reading one have in common. {@code afpacket} walks the
 * ring that the kernel fills, {@code libpcap} calls the library, both through java.lang.foreign;
 * {@code pcap4j} is the portable way, through JNA. No class that needs a native library is loaded
 * before the first live request, so that files need none.
 */
@NullMarked
package io.caracal.capture.internal.live;

import org.jspecify.annotations.NullMarked;
