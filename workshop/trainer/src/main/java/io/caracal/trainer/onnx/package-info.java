/** Writing ONNX graphs and running them. */
@NullMarked
package io.caracal.trainer.onnx;

import org.jspecify.annotations.NullMarked;
