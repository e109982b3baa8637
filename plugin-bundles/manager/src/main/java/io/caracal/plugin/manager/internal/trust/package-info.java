/** Trust: whose plugins are taken, what a plugin may be, and that nothing else ever resolves. */
@NullMarked
package io.caracal.plugin.manager.internal.trust;

import org.jspecify.annotations.NullMarked;
