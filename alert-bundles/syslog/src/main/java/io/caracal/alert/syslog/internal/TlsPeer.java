package io.caracal.alert.syslog.internal;

import io.caracal.alert.syslog.internal.SyslogSettings.Receiver;
import io.caracal.api.plugin.TlsFiles;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Whom a TLS receiver must be, by RFC 5425.
 *
 * @param verify {@code name}: its certificate is vouched for and in its name; {@code certificate}:
 *     is vouched for; {@code sha-256:...}: has this fingerprint
 * @param files authorities, and our own certificate
 */
record TlsPeer(String verify, TlsFiles files) {
  private static final String NAME = "name";
  private static final String CERTIFICATE = "certificate";

  private static final String UNTRUSTED =
      "nobody who is trusted vouches for its certificate; set syslog.tls-ca to the certificate of"
          + " its authority";

  /** Alerts of TLS by which a receiver refuses the client's certificate, or that there is none. */
  private static final String OURS =
      ".*Received fatal alert: (certificate_required|bad_certificate|handshake_failure|unknown_ca"
          + "|certificate_unknown|unsupported_certificate).*";

  static TlsPeer of(String verify, TlsFiles files) {
    if (!verify.equals(NAME)
        && !verify.equals(CERTIFICATE)
        && !verify.toLowerCase(Locale.ROOT).matches("sha-256:[0-9a-f]{2}(:?[0-9a-f]{2}){31}")) {
      throw new IllegalArgumentException(
          "the setting syslog.tls-verify is '"
              + verify
              + "' but must be name, certificate, or sha-256: and the fingerprint of the"
              + " receiver's certificate; see docs/sinks.md");
    }
    return new TlsPeer(verify, files);
  }

  Connector connector(Receiver receiver) throws IOException {
    SSLContext context =
        verify.equals(NAME) || verify.equals(CERTIFICATE)
            ? files.context()
            : files.context(new PinnedCertificate(verify));
    return () -> {
      Socket plain = Connector.plain(receiver).connect();
      try {
        return handshake(context, plain, receiver);
      } catch (IOException e) {
        plain.close();
        throw new IOException(
            "the syslog receiver " + receiver + " is not spoken to: " + words(e), e);
      }
    };
  }

  private Socket handshake(SSLContext context, Socket plain, Receiver receiver) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(plain, receiver.host(), receiver.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    if (verify.equals(NAME)) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 5425 names as RFC 2818 does
    }
    socket.setSSLParameters(parameters);
    socket.setSoTimeout((int) receiver.connect().toMillis());
    socket.startHandshake();
    return socket;
  }

  /** What went wrong, and what to do about it: the innermost cause knows best. */
  static String words(IOException e) {
    return Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
        .map(TlsPeer::remedy)
        .filter(Predicate.not(String::isEmpty))
        .reduce(String.valueOf(e.getMessage()), (outer, inner) -> inner);
  }

  private static String remedy(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return switch (cause) {
      case CertificateExpiredException expired ->
          "its certificate has expired (" + message + "); renew it";
      case CertificateNotYetValidException early ->
          "its certificate is not valid yet (" + message + "); check the clocks";
      case CertPathBuilderException untrusted -> UNTRUSTED;
      case CertPathValidatorException untrusted -> UNTRUSTED;
      case CertificateException name when message.matches("No (subject alt|name match).*") ->
          "its certificate is in another name (" + message + "); set syslog.host to that name";
      case SSLException refused when message.matches(OURS) ->
          "it does not accept our certificate ("
              + message
              + "); set syslog.tls-certificate and syslog.tls-key to one that it accepts";
      default -> "";
    };
  }
}
