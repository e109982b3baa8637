package io.caracal.plugin.signing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;

/**
 * Checks the signatures of a jar over every entry, as the JAR file specification defines them. The
 * signature files themselves, the manifest and empty folders are not entries in this sense.
 */
public final class SignedJar {
  private SignedJar() {}

  /**
   * Reads every entry.
   *
   * @return the certificate chains, own certificate first, of those who signed all of it; empty if
   *     nobody signed anything
   * @throws SignatureException with a clause that says what is wrong, such as "its entry a was
   *     changed after it was signed": there are signatures, and they do not hold for all of it
   * @throws IOException if it cannot be read as a jar
   */
  public static List<List<X509Certificate>> signers(Path file)
      throws IOException, SignatureException {
    try (JarFile jar = new JarFile(file.toFile(), true)) {
      return signers(jar);
    } catch (ZipException e) {
      throw new IOException("it is no readable jar (" + e.getMessage() + ")", e);
    }
  }

  private static List<List<X509Certificate>> signers(JarFile jar)
      throws IOException, SignatureException {
    List<JarEntry> entries = Collections.list(jar.entries());
    if (entries.stream().noneMatch(entry -> signature(entry.getName()))) {
      return List.of();
    }
    Set<String> seen = new HashSet<>();
    Optional<Set<List<X509Certificate>>> common = Optional.empty();
    for (JarEntry entry : entries) {
      String name = entry.getName();
      if (!seen.add(name)) {
        throw new SignatureException("it has two entries of the name " + name);
      }
      long size = read(jar, entry);
      if (!unsigned(name) && !(entry.isDirectory() && size == 0)) {
        Set<List<X509Certificate>> signers = chains(entry);
        common.ifPresent(signers::retainAll);
        common = Optional.of(signers);
        if (signers.isEmpty()) {
          throw new SignatureException("its entries were not all signed by the same key: " + name);
        }
      }
    }
    complete(jar, seen);
    return common
        .map(List::copyOf)
        .orElseThrow(() -> new SignatureException("it has a signature of nothing"));
  }

  private static long read(JarFile jar, JarEntry entry) throws IOException, SignatureException {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.transferTo(OutputStream.nullOutputStream());
    } catch (SecurityException e) {
      throw new SignatureException(
          "it was changed after it was signed (" + e.getMessage() + ")", e);
    }
  }

  private static Set<List<X509Certificate>> chains(JarEntry entry) throws SignatureException {
    CodeSigner[] signers = entry.getCodeSigners();
    if (signers == null) {
      throw new SignatureException(
          "its entry "
              + entry.getName()
              + " is not signed: it was added after signing, or the signature is of a kind that"
              + " Java no longer accepts");
    }
    Set<List<X509Certificate>> chains = new LinkedHashSet<>();
    for (CodeSigner signer : signers) {
      chains.add(
          signer.getSignerCertPath().getCertificates().stream()
              .map(X509Certificate.class::cast)
              .toList());
    }
    return chains;
  }

  private static void complete(JarFile jar, Set<String> seen)
      throws IOException, SignatureException {
    Manifest manifest = jar.getManifest();
    for (String name : manifest.getEntries().keySet()) {
      if (!seen.contains(name)) {
        throw new SignatureException("its entry " + name + " is missing");
      }
    }
  }

  private static boolean unsigned(String name) {
    return name.equals(JarFile.MANIFEST_NAME) || signature(name);
  }

  private static boolean signature(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.startsWith("META-INF/")
        && upper.indexOf('/', "META-INF/".length()) < 0
        && Arrays.asList("SF", "RSA", "DSA", "EC")
            .contains(upper.substring(upper.lastIndexOf('.') + 1));
  }
}
