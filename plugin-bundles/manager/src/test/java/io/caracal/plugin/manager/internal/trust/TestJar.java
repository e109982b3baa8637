package io.caracal.plugin.manager.internal.trust;

import io.caracal.plugin.manager.internal.PluginJar;
import io.caracal.plugin.manager.internal.Refusal;
import io.caracal.plugin.signing.JarSigning;
import io.caracal.testkit.PluginKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** A small bundle whose manifest and entries a test chooses. */
record TestJar(Map<String, String> headers, Map<String, byte[]> entries) {
  static TestJar of(String symbolicName, String version) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Manifest-Version", "1.0");
    headers.put("Bundle-ManifestVersion", "2");
    headers.put("Bundle-SymbolicName", symbolicName);
    headers.put("Bundle-Version", version);
    return new TestJar(
        headers, Map.of("caracal/card.md", "a card".getBytes(StandardCharsets.UTF_8)));
  }

  TestJar header(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new TestJar(all, entries);
  }

  TestJar entry(String name, byte[] content) {
    Map<String, byte[]> all = new LinkedHashMap<>(entries);
    all.put(name, content);
    return new TestJar(headers, all);
  }

  TestJar entry(String name) {
    return entry(name, name.getBytes(StandardCharsets.UTF_8));
  }

  byte[] bytes() throws IOException {
    Manifest manifest = new Manifest();
    headers.forEach(manifest.getMainAttributes()::putValue);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        jar.putNextEntry(new ZipEntry(entry.getKey()));
        jar.write(entry.getValue());
        jar.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** As it lies in the folder of plugins, unsigned. */
  PluginJar plain() throws IOException, Refusal {
    return PluginJar.of("test.jar", bytes());
  }

  PluginJar signed(PluginKey key) throws IOException, Refusal {
    return PluginJar.of("test.jar", JarSigning.sign(bytes(), key.key()));
  }
}
