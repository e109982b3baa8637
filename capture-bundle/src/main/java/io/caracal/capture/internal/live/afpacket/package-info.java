/**
 * Live interfaces straight from the Linux kernel, by java.lang.foreign: packet sockets whose
 * TPACKET_V3 ring is mapped into this process. Sources: packet(7), the kernel's
 * networking/packet_mmap and networking/filter documents, {@code linux/if_packet.h}.
 */
@NullMarked
package io.caracal.capture.internal.live.afpacket;

import org.jspecify.annotations.NullMarked;
