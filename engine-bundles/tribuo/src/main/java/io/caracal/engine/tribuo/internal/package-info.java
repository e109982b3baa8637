/**
 * The Tribuo engine: reads classification models from protobuf, never by Java deserialization, and
 * runs forests of decision trees as flat arrays.
 */
@NullMarked
package io.caracal.engine.tribuo.internal;

import org.jspecify.annotations.NullMarked;
