/**
 * Captures: pcap, pcapng and snoop, from files, folders and pipes. Bytes come from a {@link
 * io.caracal.capture.internal.file.ByteSource}, are unpacked by another one where they are packed,
 * and pass through the small window of {@link io.caracal.capture.internal.file.CaptureBytes}, in
 * which the frames stand when they are handed over.
 */
@NullMarked
package io.caracal.capture.internal.file;

import org.jspecify.annotations.NullMarked;
