/**
 * Live capture: which source captures which interface, how packets reach the lanes, and what is
 * done when an interface fails or sources come and go.
 */
@NullMarked
package io.caracal.core.internal.capture;

import org.jspecify.annotations.NullMarked;
