package io.caracal.plugin.manager.internal.trust;

import io.caracal.api.plugin.Settings;
import io.caracal.plugin.manager.internal.Gate;
import io.caracal.plugin.manager.internal.PluginJar;
import io.caracal.plugin.manager.internal.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The rules for archives and bundles, which hold always, and for signatures, by the policy. */
@Component(service = Gate.class)
public final class TrustGate implements Gate {
  private final BundleContext context;
  private final Backstop backstop;
  private final ArchiveRules archives;
  private final Signatures signatures;

  /** A gate that follows the settings. */
  @Activate
  public TrustGate(BundleContext context, @Reference Backstop backstop) {
    this.context = context;
    this.backstop = backstop;
    Settings settings = new Settings(context::getProperty);
    this.archives = ArchiveRules.of(settings);
    this.signatures = new Signatures(settings, Clock.systemUTC());
  }

  @Override
  public String admit(PluginJar jar, Past past) throws Refusal {
    try {
      Path file = Files.createTempFile("caracal-", ".jar");
      try (InputStream in = jar.stream()) {
        long packed = Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        refuse(jar, BundleRules.problem(jar));
        ArchiveRules.Contents contents =
            archives.examine(jar.stream(), packed, BundleRules.nested(jar));
        refuse(jar, contents.problem());
        refuse(jar, ambiguity(jar, contents.names(), file));
        return signatures.check(jar, file, past);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new Refusal(
          jar.title() + " cannot be examined (" + e + "); make room in the temporary folder", e);
    }
  }

  @Override
  public Standing standing(String symbolicName, String sha256, List<X509Certificate> signer) {
    return signatures.standing(symbolicName, sha256, signer);
  }

  /**
   * Whether the archive reads differently from its beginning and from its directory, which stands
   * at its end: signatures are checked, and classes found, by the latter.
   */
  private static Optional<String> ambiguity(PluginJar jar, List<String> streamed, Path file)
      throws IOException {
    try (JarFile read = new JarFile(file.toFile(), false)) {
      List<String> listed =
          Collections.list(read.entries()).stream().map(ZipEntry::getName).toList();
      Attributes headers = read.getManifest().getMainAttributes();
      return streamed.equals(listed) && headers.equals(jar.headers())
          ? Optional.empty()
          : Optional.of("lists other entries than it holds; pack it anew");
    }
  }

  private static void refuse(PluginJar jar, Optional<String> problem) throws Refusal {
    if (problem.isPresent()) {
      throw new Refusal(jar.title() + " " + problem.get());
    }
  }

  @Override
  public void admit(Bundle bundle, PluginJar jar) throws Refusal {
    refuse(jar, BundleRules.problem(bundle, jar, context));
    backstop.admit(bundle);
  }
}
