/** Neural networks twice: as libtorch operations for training and as ONNX graphs for the sensor. */
@NullMarked
package io.caracal.trainer.network;

import org.jspecify.annotations.NullMarked;
