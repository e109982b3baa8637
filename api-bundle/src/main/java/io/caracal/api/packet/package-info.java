/**
 * Packets in: sources of frames, and the decoder that turns a frame into headers. Nothing here
 * allocates per packet: a frame is a position in a memory segment, headers are a reused cursor.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.caracal.api.packet;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
