package io.caracal.plugin.signing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import jdk.security.jarsigner.JarSigner;
import jdk.security.jarsigner.JarSignerException;

/**
 * Signs jars as the JDK's jarsigner does. The same jar and key give the same entries with the same
 * times, except for the signature itself, {@code META-INF/CARACAL.EC}: elliptic curve signatures
 * are random, and hold the time.
 */
public final class JarSigning {
  private static final String SIGNER = "CARACAL";

  /** The first moment that a zip file can name. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private JarSigning() {}

  /**
   * Signs a file in place, in one step; signing again replaces our own signature.
   *
   * @throws IOException with a sentence if it is no jar or cannot be written
   */
  public static void sign(Path jar, SigningKey key) throws IOException {
    Path folder = jar.toAbsolutePath().getParent();
    Path signed = Files.createTempFile(folder, "." + jar.getFileName(), ".part");
    try {
      Files.write(signed, signed(jar, key));
      Files.setPosixFilePermissions(signed, Files.getPosixFilePermissions(jar));
      Files.move(signed, jar, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(signed);
    }
  }

  /** The same content, signed. */
  public static byte[] sign(byte[] jar, SigningKey key) throws IOException {
    Path file = Files.createTempFile("caracal-", ".jar");
    try {
      Files.write(file, jar);
      return signed(file, key);
    } finally {
      Files.delete(file);
    }
  }

  private static byte[] signed(Path jar, SigningKey key) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipFile content = new ZipFile(jar.toFile())) {
      new JarSigner.Builder(
              key.key(), CertificateFactory.getInstance("X.509").generateCertPath(key.chain()))
          .digestAlgorithm("SHA-256")
          .signerName(SIGNER)
          .build()
          .sign(content, out);
    } catch (ZipException e) {
      throw new IOException(jar + " is no jar and cannot be signed: " + e.getMessage(), e);
    } catch (JarSignerException | GeneralSecurityException e) {
      throw new IOException(jar + " cannot be signed: " + e.getMessage(), e);
    }
    return withoutTimes(out.toByteArray());
  }

  /** The signer stamps what it writes with the present time. */
  private static byte[] withoutTimes(byte[] jar) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(jar.length);
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar));
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(TIME);
        out.putNextEntry(copy);
        in.transferTo(out);
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
