/** The plugins folder: what is dropped there and is no plugin. */
@NullMarked
package io.caracal.core.internal.plugin;

import org.jspecify.annotations.NullMarked;
