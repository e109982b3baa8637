/** What the tests of this bundle share. */
@NullMarked
package io.caracal.capture.internal;

import org.jspecify.annotations.NullMarked;
