/** The life cycle of plugins: from a file to what scores, and back. */
@NullMarked
package io.caracal.plugin.manager.internal;

import org.jspecify.annotations.NullMarked;
