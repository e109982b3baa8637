/**
 * What plugin authors test with: contracts that every detector, view, ensemble, source, sink and
 * format must keep (extend the class, say what is to be tested), small real captures with their
 * flows ({@link io.caracal.testkit.Golden}), events by hand, and an OSGi container for tests inside
 * Felix.
 */
@NullMarked
package io.caracal.testkit;

import org.jspecify.annotations.NullMarked;
