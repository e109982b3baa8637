/**
 * Live interfaces through pcap4j: slower than the other sources, but on every platform that has
 * libpcap or a relative of it.
 */
@NullMarked
package io.caracal.capture.internal.live.pcap4j;

import org.jspecify.annotations.NullMarked;
