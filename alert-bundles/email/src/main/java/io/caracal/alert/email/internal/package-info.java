/** Alerts by mail, several in one. */
@NullMarked
package io.caracal.alert.email.internal;

import org.jspecify.annotations.NullMarked;
