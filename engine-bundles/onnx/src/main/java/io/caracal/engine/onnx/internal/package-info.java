/**
 * The ONNX Runtime engine: extracts the natives, chooses the device, guards against models that
 * reach outside themselves, and runs sessions over a batch's own buffers.
 */
@NullMarked
package io.caracal.engine.onnx.internal;

import org.jspecify.annotations.NullMarked;
