package io.caracal.plugin.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedJarTest {
  @TempDir private static Path keys;
  private static SigningKey ours;
  private static SigningKey theirs;

  @TempDir private Path folder;

  @BeforeAll
  static void make() throws IOException {
    ours = new KeyRing(keys).create("ours", Instant.now(), 30);
    theirs = new KeyRing(keys).create("theirs", Instant.now(), 30);
  }

  private Path jar(String... entries) throws IOException {
    Path file = folder.resolve("plugin.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
    manifest.getMainAttributes().putValue("Bundle-SymbolicName", "test");
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      for (String entry : entries) {
        jar.putNextEntry(new ZipEntry(entry));
        jar.write((entry.endsWith("/") ? "" : entry).getBytes(StandardCharsets.UTF_8));
        jar.closeEntry();
      }
    }
    return file;
  }

  private Path signed(String... entries) throws IOException {
    Path jar = jar(entries);
    JarSigning.sign(jar, ours);
    return jar;
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(Path jar) {
    return assertThatThrownBy(() -> SignedJar.signers(jar)).isInstanceOf(SignatureException.class);
  }

  @Test
  void everySignerOfAllOfItIsNamed() throws Exception {
    Path jar = signed("a", "folder/", "folder/b");
    assertThat(SignedJar.signers(jar)).containsExactly(ours.chain());
    JarSigning.sign(jar, ours);
    assertThat(SignedJar.signers(jar)).containsExactly(ours.chain());
  }

  @Test
  void nobodySigned() throws Exception {
    assertThat(SignedJar.signers(jar("a"))).isEmpty();
  }

  @Test
  void theJdksOwnToolAgrees() throws Exception {
    Process tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jarsigner").toString(),
                "-verify",
                signed("a", "b").toString())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("jar verified");
  }

  @Test
  void signingTwiceDiffersInNothingButTheSignature() throws Exception {
    Map<String, byte[]> first = content(signed("a", "b"));
    Map<String, byte[]> second = content(signed("a", "b"));
    assertThat(first.remove("META-INF/CARACAL.EC")).isNotNull();
    assertThat(second.remove("META-INF/CARACAL.EC")).isNotNull();
    assertThat(first).hasSize(4);
    assertThat(second.keySet()).containsExactlyElementsOf(first.keySet());
    first.forEach((name, bytes) -> assertThat(second.get(name)).isEqualTo(bytes));
  }

  private static Map<String, byte[]> content(Path file) throws IOException {
    Map<String, byte[]> content = new LinkedHashMap<>();
    try (JarFile jar = new JarFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(jar.entries())) {
        content.put(entry.getName(), jar.getInputStream(entry).readAllBytes());
      }
    }
    return content;
  }

  @Test
  void changed() throws Exception {
    Path jar = signed("a", "b");
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      Files.writeString(zip.getPath("b"), "other");
    }
    refused(jar).hasMessageContaining("changed after it was signed").hasMessageContaining("b");
  }

  @Test
  void anEntryAdded() throws Exception {
    Path jar = signed("a");
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      Files.writeString(zip.getPath("c"), "more");
    }
    refused(jar).hasMessageContaining("entry c is not signed");
  }

  @Test
  void anEntryAddedBeneathTheSignatures() throws Exception {
    Path jar = signed("a");
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      Files.writeString(zip.getPath("META-INF/SIG-X"), "more");
    }
    refused(jar).hasMessageContaining("META-INF/SIG-X is not signed");
  }

  @Test
  void anEntryRemoved() throws Exception {
    Path jar = signed("a", "b");
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      Files.delete(zip.getPath("b"));
    }
    refused(jar).hasMessageContaining("entry b is missing");
  }

  @Test
  void anEntryRemovedTogetherWithItsDigest() throws Exception {
    Path jar = signed("a", "b");
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      Files.delete(zip.getPath("b"));
      Path manifest = zip.getPath(JarFile.MANIFEST_NAME);
      Files.writeString(
          manifest, Files.readString(manifest).replaceAll("(?s)Name: b\r\n.*?\r\n\r\n", ""));
    }
    refused(jar).hasMessageContaining("changed after it was signed");
  }

  @Test
  void theManifestChanged() throws Exception {
    Path jar = signed("a");
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      Path manifest = zip.getPath(JarFile.MANIFEST_NAME);
      Files.writeString(manifest, Files.readString(manifest).replace("Name: test", "Name: other"));
    }
    refused(jar).hasMessageContaining("changed after it was signed");
  }

  @Test
  void everyEntrySignedButNotByTheSameKey() throws Exception {
    Map<String, byte[]> first = content(signed("a"));
    Path jar = jar("b");
    JarSigning.sign(jar, theirs);
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      Files.write(zip.getPath("a"), first.get("a"));
      for (String file : List.of("SF", "EC")) {
        Files.write(zip.getPath("META-INF/OURS." + file), first.get("META-INF/CARACAL." + file));
      }
      Path manifest = zip.getPath(JarFile.MANIFEST_NAME);
      String ours = new String(first.get(JarFile.MANIFEST_NAME), StandardCharsets.UTF_8);
      Files.writeString(
          manifest, Files.readString(manifest) + ours.substring(ours.indexOf("Name: a")));
    }
    refused(jar).hasMessageContaining("not all signed by the same key");
  }

  private static List<List<X509Certificate>> only(SigningKey key) {
    return List.of(key.chain());
  }

  @Test
  void cutOff() throws Exception {
    Path jar = signed("a");
    byte[] bytes = Files.readAllBytes(jar);
    Files.write(jar, Arrays.copyOf(bytes, bytes.length - 100));
    assertThatThrownBy(() -> SignedJar.signers(jar))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no readable jar");
  }

  @Test
  void bytesAreSignedAsFilesAre() throws Exception {
    Path jar = jar("a");
    Files.write(jar, JarSigning.sign(Files.readAllBytes(jar), ours));
    assertThat(SignedJar.signers(jar)).isEqualTo(only(ours));
    ByteArrayOutputStream nothing = new ByteArrayOutputStream();
    assertThatThrownBy(() -> JarSigning.sign(nothing.toByteArray(), ours))
        .hasMessageContaining("cannot be signed");
  }
}
