/** Keys of those who make plugins, and what is signed with them. */
@NullMarked
package io.caracal.plugin.signing;

import org.jspecify.annotations.NullMarked;
