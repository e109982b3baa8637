/** Measurements of the packet path, with JMH. */
@NullMarked
package io.caracal.benchmarks;

import org.jspecify.annotations.NullMarked;
