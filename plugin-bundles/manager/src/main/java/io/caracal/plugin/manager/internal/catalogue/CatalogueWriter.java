package io.caracal.plugin.manager.internal.catalogue;

import io.caracal.api.plugin.PluginSigner;
import io.caracal.plugin.manager.internal.PluginJar;
import io.caracal.plugin.manager.internal.Refusal;
import io.caracal.plugin.signing.SignedJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.resource.Resource;

/**
 * Makes a folder of plugins a catalogue, by writing its index there.
 *
 * @param signer signs the index
 */
public record CatalogueWriter(PluginSigner signer) {
  /** The file that is written. */
  public static final String FILE = CatalogueIndex.FILE;

  /**
   * Writes the index in one step.
   *
   * @param folder whose jars are listed; those in folders within are not
   * @param name of the catalogue, a symbolic name
   * @param time now
   * @return how many plugins it lists
   * @throws Refusal if one of them is no plugin, or not signed: nothing is written then
   */
  public int write(Path folder, String name, Instant time) throws IOException, Refusal {
    if (!name.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*")) {
      throw new Refusal(
          "'" + name + "' is no name for a catalogue; use letters, digits, hyphens and dots");
    }
    List<Resource> plugins = new ArrayList<>();
    for (Path jar : jars(folder)) {
      plugins.add(describe(jar));
    }
    byte[] index = signer.sign(CatalogueIndex.write(name, CatalogueIndex.version(time), plugins));
    Path part = Files.write(folder.resolve(FILE + ".part"), index);
    Files.move(part, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    return plugins.size();
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .filter(file -> !file.endsWith(FILE))
          .sorted()
          .toList();
    }
  }

  private static Resource describe(Path jar) throws IOException, Refusal {
    PluginJar.of(jar.toString(), Files.readAllBytes(jar));
    try {
      List<List<X509Certificate>> signers = SignedJar.signers(jar);
      if (signers.isEmpty()) {
        throw new Refusal(jar + " is not signed; sign it with: caracal keys sign");
      }
      return CatalogueIndex.describe(jar.toFile(), signers.getFirst());
    } catch (SignatureException e) {
      throw new Refusal(jar + " is not what was signed: " + e.getMessage() + "; get it anew", e);
    }
  }
}
