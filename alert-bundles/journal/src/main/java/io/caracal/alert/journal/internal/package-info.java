/**
 * The journal in SQLite. {@link io.caracal.alert.journal.internal.Database} opens it; the files
 * {@code schema/N.sql} beside it are its versions. Another table is another version.
 */
@NullMarked
package io.caracal.alert.journal.internal;

import org.jspecify.annotations.NullMarked;
