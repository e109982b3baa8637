/** Flow export over IPFIX (RFC 7011). */
@NullMarked
package io.caracal.export.ipfix.internal;

import org.jspecify.annotations.NullMarked;
