/** Capture files: pcap and pcapng, memory-mapped, or unpacked piece by piece from gzip and zstd. */
@NullMarked
package io.caracal.capture.internal.file;

import org.jspecify.annotations.NullMarked;
