/** Flow records as text: CSV, JSON lines and Zeek's conn.log. */
@NullMarked
package io.caracal.export.text.internal;

import org.jspecify.annotations.NullMarked;
