package io.caracal.plugin.signing;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whose signatures count, at one moment.
 *
 * @param trusted pinned certificates: of signers, or of authorities that issue theirs
 * @param revoked why certificates and jars are taken no more, by their fingerprints
 */
public record TrustStore(List<Trusted> trusted, Map<String, String> revoked) {
  private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

  /**
   * A pinned certificate.
   *
   * @param name what the operator calls it
   */
  public record Trusted(String name, X509Certificate certificate) {}

  /** What a signature is worth. */
  public enum Standing {
    /** It counts. */
    TRUSTED,
    /** It counted, and its certificate is not valid now. */
    EXPIRED,
    /** It counts no more. */
    REVOKED,
    /** Nobody here knows the signer. */
    UNKNOWN
  }

  /**
   * What a signer's signature is worth.
   *
   * @param name the trusted name, or the signer's own if nobody here knows it
   * @param reason a clause that says why it does not count, empty if it does
   */
  public record Verdict(Standing standing, String name, String reason) {}

  /** Copies. */
  public TrustStore {
    trusted = List.copyOf(trusted);
    revoked = Map.copyOf(revoked);
  }

  /** Why the certificate or jar of a fingerprint is taken no more, if so. */
  public Optional<String> revocation(String fingerprint) {
    return Optional.ofNullable(revoked.get(fingerprint));
  }

  /** Judges a signer by its certificates, the own one first. */
  public Verdict judge(List<X509Certificate> chain, Instant now) {
    X509Certificate signer = chain.getFirst();
    String own = signer.getSubjectX500Principal().getName();
    Optional<Trusted> anchor = trusted.stream().filter(pin -> vouches(pin, chain)).findFirst();
    String name = anchor.map(Trusted::name).orElse(own);
    for (X509Certificate certificate : chain) {
      Optional<String> why = revocation(Fingerprint.of(certificate));
      if (why.isPresent()) {
        return new Verdict(
            Standing.REVOKED,
            name,
            "the certificate of its signer " + name + " is revoked: " + why.get());
      }
    }
    if (anchor.isEmpty()) {
      return new Verdict(
          Standing.UNKNOWN,
          own,
          "its signer "
              + own
              + " (certificate "
              + Fingerprint.of(signer)
              + ") is not trusted here");
    }
    if (now.isAfter(signer.getNotAfter().toInstant())
        || now.isBefore(signer.getNotBefore().toInstant())) {
      return new Verdict(
          Standing.EXPIRED,
          name,
          "the certificate of its signer "
              + name
              + " is valid from "
              + signer.getNotBefore().toInstant()
              + " to "
              + signer.getNotAfter().toInstant()
              + " only");
    }
    return new Verdict(Standing.TRUSTED, name, "");
  }

  private static boolean vouches(Trusted pin, List<X509Certificate> chain) {
    return pin.certificate().equals(chain.getFirst())
        || (pin.certificate().getBasicConstraints() >= 0
            && signsCode(chain.getFirst())
            && issued(pin.certificate(), chain));
  }

  /** An authority's other certificates, of servers say, do not sign plugins. */
  private static boolean signsCode(X509Certificate certificate) {
    try {
      List<String> uses = certificate.getExtendedKeyUsage();
      return uses != null && uses.contains(CODE_SIGNING);
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  /** Whether a path of RFC 5280 leads to the authority; validity is judged apart. */
  private static boolean issued(X509Certificate authority, List<X509Certificate> chain) {
    try {
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(chain.getFirst().getNotBefore().toInstant()));
      List<X509Certificate> below =
          chain.stream().takeWhile(certificate -> !certificate.equals(authority)).toList();
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(below), parameters);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
