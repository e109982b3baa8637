/** How fast alerts get from the judgement through the journal to a receiver. */
@NullMarked
package io.caracal.benchmarks.alerts;

import org.jspecify.annotations.NullMarked;
