/** Hostile bytes: what must hold whatever arrives. CONTRIBUTING.md says how to fuzz for long. */
@NullMarked
package io.caracal.fuzz;

import org.jspecify.annotations.NullMarked;
