/**
 * Packet intake against its peers, in one run: files against bare libpcap and nfpcapd, live sources
 * against each other. Times are processor times, so that other work on the machine disturbs little.
 */
@NullMarked
package io.caracal.benchmarks.intake;

import org.jspecify.annotations.NullMarked;
