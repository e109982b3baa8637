package io.caracal.plugin.manager.internal.catalogue;

import aQute.bnd.osgi.repository.XMLResourceGenerator;
import aQute.bnd.osgi.repository.XMLResourceParser;
import aQute.bnd.osgi.resource.CapReqBuilder;
import aQute.bnd.osgi.resource.ResourceBuilder;
import io.caracal.plugin.manager.internal.PluginJar;
import io.caracal.plugin.manager.internal.Refusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.resource.Resource;

/**
 * The index of a catalogue: a jar that is named, versioned and signed as plugins are, and holds
 * {@code index.xml} in the format of the OSGi Repository Service Specification (Compendium 132.5).
 * Its version is the time at which it was made, so that a later one is higher.
 *
 * @param name of the catalogue: the symbolic name of the jar
 * @param version when it was made, see {@link #version(Instant)}
 * @param offers the plugins
 */
record CatalogueIndex(String name, Version version, List<Offer> offers) {
  /** The file in the folder of a catalogue. */
  static final String FILE = "catalogue.jar";

  private static final String INDEX = "index.xml";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu.Mdd.Hmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * The version of an index that is made at a time: year, month and day, time of the day in UTC.
   */
  static Version version(Instant time) {
    return new Version(TIME.format(time));
  }

  /**
   * Reads an index.
   *
   * @param jar whose signature was verified
   * @param folder where the catalogue is; plugins lie below it
   */
  static CatalogueIndex of(PluginJar jar, URI folder) throws Refusal {
    String name = jar.symbolicName();
    try {
      List<Offer> offers =
          resources(content(jar), folder).stream()
              .map(resource -> Offer.of(resource, name))
              .sorted(Offer.BEST_FIRST)
              .toList();
      for (Offer offer : offers) {
        if (!below(folder, offer.file())) {
          throw new IllegalArgumentException(offer.title() + " lies elsewhere: " + offer.file());
        }
      }
      return new CatalogueIndex(name, jar.version(), offers);
    } catch (IOException | IllegalArgumentException e) {
      throw new Refusal(
          jar.title()
              + " cannot be understood ("
              + e.getMessage()
              + "); make it anew with: caracal catalogue",
          e);
    }
  }

  private static boolean below(URI folder, URI file) {
    return Objects.equals(folder.getScheme(), file.getScheme())
        && Objects.equals(folder.getAuthority(), file.getAuthority())
        && file.getPath().startsWith(folder.getPath());
  }

  private static byte[] content(PluginJar jar) throws IOException {
    try (JarInputStream entries = new JarInputStream(jar.stream(), false)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        if (entry.getName().equals(INDEX)) {
          return entries.readAllBytes();
        }
      }
    }
    throw new IOException("it holds no " + INDEX);
  }

  private static List<Resource> resources(byte[] xml, URI folder) throws IOException {
    try (InputStream in = new ByteArrayInputStream(xml);
        XMLResourceParser parser = new XMLResourceParser(in, INDEX, folder)) {
      parser.setDepth(0); // an index does not refer to others, which nobody would have verified
      List<Resource> resources = parser.parse();
      if (!parser.isOk()) {
        throw new IOException(String.join("; ", parser.getErrors()));
      }
      return resources;
    } catch (IOException e) {
      throw e;
    } catch (Exception e) { // the parser declares no other
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * What the index says of a plugin.
   *
   * @param signer certificates of who signed it, the own one first
   */
  static Resource describe(File jar, List<X509Certificate> signer) {
    ResourceBuilder resource = new ResourceBuilder();
    resource.addResource(ResourceBuilder.parse(jar, URI.create(uri(jar.getName()))));
    resource.addCapability(
        new CapReqBuilder(Offer.SIGNER)
            .addAttribute(
                Offer.CERTIFICATES, signer.stream().map(CatalogueIndex::base64).toList()));
    return resource.build();
  }

  /** A file's name as a relative address. */
  private static String uri(String name) {
    return new File("/", name).toURI().getRawPath().substring(1);
  }

  private static String base64(X509Certificate certificate) {
    try {
      return Base64.getEncoder().encodeToString(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("the certificate has no encoding", e);
    }
  }

  /** The jar of an index, to be signed. */
  static byte[] write(String name, Version version, List<Resource> plugins) throws IOException {
    ByteArrayOutputStream xml = new ByteArrayOutputStream();
    new XMLResourceGenerator().name(name).resources(plugins).indent(2).save(xml);
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    headers.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
    headers.putValue(Constants.BUNDLE_VERSION, version.toString());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      jar.putNextEntry(new ZipEntry(INDEX));
      jar.write(xml.toByteArray());
    }
    return bytes.toByteArray();
  }
}
