/** What a plugin tells its host about itself, and the settings that it reads. */
@Export
@Version("1.1.0")
@NullMarked
package io.caracal.api.plugin;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
