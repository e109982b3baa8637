/** Events as lines of JSON in the vocabulary of Suricata's EVE, described in docs/events.md. */
@NullMarked
package io.caracal.alert.eve.internal;

import org.jspecify.annotations.NullMarked;
