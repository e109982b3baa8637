package io.caracal.alert.syslog.internal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.X509TrustManager;

/** Trusts the receiver whose certificate has one fingerprint (RFC 5425, section 4.2.2). */
final class PinnedCertificate implements X509TrustManager {
  private static final String SCHEME = "sha-256:";

  private final String fingerprint;

  /**
   * Trusts one certificate.
   *
   * @param fingerprint {@code sha-256:} and 32 bytes in hexadecimal, with or without colons
   */
  PinnedCertificate(String fingerprint) {
    this.fingerprint = bare(fingerprint);
  }

  private static String bare(String fingerprint) {
    return fingerprint.toLowerCase(Locale.ROOT).substring(SCHEME.length()).replace(":", "");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    String shown = sha256(chain[0]);
    if (!shown.equals(fingerprint)) {
      throw new CertificateException(
          "its certificate has the fingerprint "
              + SCHEME
              + shown
              + "; if that is right, set syslog.tls-verify to it");
    }
  }

  private static String sha256(X509Certificate certificate) throws CertificateException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new CertificateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("only receivers are trusted");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
