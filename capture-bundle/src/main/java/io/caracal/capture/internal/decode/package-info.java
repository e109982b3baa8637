/**
 * Frames to headers: link layers, IP, fragments, transports. Each class reads one layer in place
 * and hands on to the next; nothing here allocates or throws, whatever the bytes.
 */
@NullMarked
package io.caracal.capture.internal.decode;

import org.jspecify.annotations.NullMarked;
