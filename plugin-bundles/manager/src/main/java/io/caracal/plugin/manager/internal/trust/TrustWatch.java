package io.caracal.plugin.manager.internal.trust;

import io.caracal.api.plugin.Settings;
import io.caracal.plugin.manager.internal.Lifecycle;
import io.caracal.plugin.signing.TrustFolder;
import io.caracal.plugin.signing.TrustStore;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the installed plugins judged again when the trust store changes, so that what is revoked is
 * not used any longer. FileInstall tells of changes; what it tells of is read as a whole.
 */
@Component(
    service = {ArtifactInstaller.class, Runnable.class},
    property = {"service.ranking:Integer=1000", "caracal.signal=START"})
public final class TrustWatch implements ArtifactInstaller, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(TrustWatch.class);

  private final TrustFolder trust;
  private final Lifecycle lifecycle;
  private final ConfigurationAdmin configurations;
  private TrustStore known = new TrustStore(List.of(), Map.of());

  /** A watch of the folder that the settings name. */
  @Activate
  public TrustWatch(
      BundleContext context,
      @Reference Lifecycle lifecycle,
      @Reference ConfigurationAdmin configurations) {
    Settings settings = new Settings(context::getProperty);
    this.trust = new TrustFolder(Path.of(settings.text("plugins.trust-dir", "config/trust")));
    this.lifecycle = lifecycle;
    this.configurations = configurations;
  }

  /** Watches from now on; the start judges by what is here now. */
  @Override
  public synchronized void run() {
    try {
      Files.createDirectories(trust.folder());
      known = trust.read();
      configurations
          .getFactoryConfiguration("org.apache.felix.fileinstall", "trust", "?")
          .update(
              FrameworkUtil.asDictionary(
                  Map.of(
                      "felix.fileinstall.dir", trust.folder().toString(),
                      "felix.fileinstall.filter", "revoked|.*\\.pem",
                      "felix.fileinstall.poll", "1000",
                      "felix.fileinstall.log.level", "1")));
    } catch (IOException e) {
      LOG.error(
          "changes of the trust store are not seen before the next start: {}", e.getMessage());
    }
  }

  @Override
  public boolean canHandle(File file) {
    return trust.folder().equals(file.toPath().getParent());
  }

  @Override
  public void install(File file) {
    changed();
  }

  @Override
  public void update(File file) {
    changed();
  }

  @Override
  public void uninstall(File file) {
    changed();
  }

  private synchronized void changed() {
    try {
      TrustStore now = trust.read();
      if (!now.equals(known)) {
        known = now;
        lifecycle.judge();
      }
    } catch (IOException e) {
      LOG.error("the trust store is damaged, so that no plugin is taken: {}", e.getMessage());
    }
  }
}
