/** How events are written for receivers, described in docs/formats.md. */
@NullMarked
package io.caracal.alert.formats.internal;

import org.jspecify.annotations.NullMarked;
