/**
 * Keys of those who make plugins, signatures of jars, and whose signatures count. The formats are
 * those of the JDK's own tools: PKCS #12 (RFC 7292), PEM (RFC 7468), signed jars (JAR file
 * specification).
 */
@NullMarked
package io.caracal.plugin.signing;

import org.jspecify.annotations.NullMarked;
