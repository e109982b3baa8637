/** From detections to alerts, and from alerts to sinks. */
@NullMarked
package io.caracal.core.internal.alert;

import org.jspecify.annotations.NullMarked;
