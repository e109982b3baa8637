/** The flow table and the views at their limits: many live flows, a flood, every column. */
@NullMarked
package io.caracal.benchmarks.flows;

import org.jspecify.annotations.NullMarked;
