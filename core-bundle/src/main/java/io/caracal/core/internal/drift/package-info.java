/** Whether the traffic is still what the ensemble was calibrated to. */
@NullMarked
package io.caracal.core.internal.drift;

import org.jspecify.annotations.NullMarked;
