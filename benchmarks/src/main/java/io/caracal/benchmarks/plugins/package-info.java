/** What changes of plugins and guards around them cost the work that goes on. */
@NullMarked
package io.caracal.benchmarks.plugins;

import org.jspecify.annotations.NullMarked;
