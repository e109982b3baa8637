/** Real captures and what must come of each of their frames. */
@NullMarked
package io.caracal.capture.internal.regression;

import org.jspecify.annotations.NullMarked;
