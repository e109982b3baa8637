/** Alerts as short blocks of text for a person at a terminal. */
@NullMarked
package io.caracal.alert.terminal.internal;

import org.jspecify.annotations.NullMarked;
