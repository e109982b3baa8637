package io.caracal.plugin.manager.internal.catalogue;

import aQute.bnd.osgi.resource.ResourceUtils;
import aQute.bnd.osgi.resource.ResourceUtils.ContentCapability;
import aQute.bnd.osgi.resource.ResourceUtils.IdentityCapability;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.osgi.framework.Version;
import org.osgi.resource.Capability;
import org.osgi.resource.Resource;

/**
 * A version of a plugin in a catalogue.
 *
 * @param name symbolic name
 * @param version its version
 * @param description what it is, empty if it does not say
 * @param sha256 of the jar, in hexadecimal
 * @param size of the jar in bytes
 * @param file where the jar is
 * @param signer certificates of who signed it, the own one first
 * @param resource what it provides and requires
 * @param catalogue the name of the catalogue
 */
public record Offer(
    String name,
    Version version,
    String description,
    String sha256,
    long size,
    URI file,
    List<X509Certificate> signer,
    Resource resource,
    String catalogue) {
  /** The highest version of each name first. */
  static final Comparator<Offer> BEST_FIRST =
      Comparator.comparing(Offer::name)
          .thenComparing(Comparator.comparing(Offer::version).reversed());

  /** Capability of a plugin in the index that says who signed it. */
  static final String SIGNER = "io.caracal.signer";

  /** Its attribute: certificates in DER and Base64, the signer's own first. */
  static final String CERTIFICATES = "certificates";

  /** Copies the list. */
  public Offer {
    signer = List.copyOf(signer);
  }

  /**
   * Reads an entry of an index.
   *
   * @throws IllegalArgumentException with a clause if it lacks something
   */
  static Offer of(Resource resource, String catalogue) {
    IdentityCapability identity = ResourceUtils.getIdentityCapability(resource);
    ContentCapability content = ResourceUtils.getContentCapability(resource);
    if (identity == null || content == null) {
      throw new IllegalArgumentException("an entry has no identity or no content");
    }
    return new Offer(
        identity.osgi_identity(),
        Version.parseVersion(String.valueOf(identity.version())),
        Objects.toString(identity.getAttributes().get("description"), ""),
        content.osgi_content().toLowerCase(Locale.ROOT),
        content.size(),
        content.url(),
        resource.getCapabilities(SIGNER).stream()
            .findFirst()
            .map(Offer::certificates)
            .orElse(List.of()),
        resource,
        catalogue);
  }

  private static List<X509Certificate> certificates(Capability signer) {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      Object encoded = signer.getAttributes().get(CERTIFICATES);
      for (Object text : encoded instanceof Collection<?> several ? several : List.of(encoded)) {
        byte[] der = Base64.getDecoder().decode(String.valueOf(text));
        certificates.add(
            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
      }
      return certificates;
    } catch (CertificateException e) {
      throw new IllegalArgumentException(
          "an entry has a damaged certificate: " + e.getMessage(), e);
    }
  }

  /** Symbolic name and version. */
  public String title() {
    return name + " " + version;
  }
}
