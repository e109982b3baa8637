package io.caracal.plugin.manager.internal.trust;

import io.caracal.api.plugin.PluginSigner;
import io.caracal.api.plugin.Settings;
import io.caracal.plugin.signing.JarSigning;
import io.caracal.plugin.signing.KeyRing;
import io.caracal.plugin.signing.TrustFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signs with a key of the sensor's own folder, which is made and trusted if it is not there. */
@Component(service = PluginSigner.class)
public final class KeySigner implements PluginSigner {
  private static final Logger LOG = LoggerFactory.getLogger(KeySigner.class);

  private final KeyRing keys;
  private final TrustFolder trust;
  private final String name;

  /** A signer with the key that the settings name. */
  @Activate
  public KeySigner(BundleContext context) {
    Settings settings = new Settings(context::getProperty);
    this.keys = new KeyRing(Path.of(settings.text("plugins.keys-dir", "keys")));
    this.trust = new TrustFolder(Path.of(settings.text("plugins.trust-dir", "config/trust")));
    this.name = settings.text("plugins.key", KeyRing.DEVELOPER);
  }

  @Override
  public byte[] sign(byte[] jar) throws IOException {
    return JarSigning.sign(jar, keys.loadOrCreate(name, trust, LOG::warn));
  }
}
