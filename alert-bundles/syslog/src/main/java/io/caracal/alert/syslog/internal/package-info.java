/**
 * Events to syslog receivers: RFC 5424 and RFC 3164 over UDP (RFC 5426), TCP (RFC 6587) and TLS
 * (RFC 5425).
 */
@NullMarked
package io.caracal.alert.syslog.internal;

import org.jspecify.annotations.NullMarked;
