/** What of the events must not leave the sensor as it is: addresses become pseudonyms. */
@NullMarked
package io.caracal.core.internal.privacy;

import org.jspecify.annotations.NullMarked;
