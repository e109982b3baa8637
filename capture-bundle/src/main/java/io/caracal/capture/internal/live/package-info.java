/**
 * Live interfaces: pcap4j opens the device, compiles the filter and reads the kernel's counters;
 * the frames themselves come from libpcap without a copy. No class of pcap4j or JNA is loaded
 * before the first live request, so that files need no native library.
 */
@NullMarked
package io.caracal.capture.internal.live;

import org.jspecify.annotations.NullMarked;
