/** The way to the sinks: who is configured, and what each of them has been told. */
@NullMarked
package io.caracal.core.internal.sink;

import org.jspecify.annotations.NullMarked;
