/** Events out: what the sensor tells the world, and the sinks that carry it. */
@Export
@Version("2.1.0")
@NullMarked
package io.caracal.api.alert;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
