/** What the tests pack into bundles of their own. */
@NullMarked
package io.caracal.itests.plugin;

import org.jspecify.annotations.NullMarked;
