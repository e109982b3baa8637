package io.caracal.plugin.manager.internal;

import io.caracal.api.plugin.Settings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of plugins: what lies there is installed, what is taken away is removed. Only jars
 * that the {@link Lifecycle} takes are ever installed; FileInstall merely tells what changes.
 */
@Component(
    immediate = true,
    service = {ArtifactInstaller.class, Runnable.class},
    property = {"service.ranking:Integer=1000", "caracal.signal=START"})
public final class PluginFolder implements ArtifactInstaller, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(PluginFolder.class);

  private final Lifecycle lifecycle;
  private final ConfigurationAdmin configurations;
  private final Path folder;

  /** The folder that the settings name. */
  @Activate
  public PluginFolder(
      BundleContext context,
      @Reference Lifecycle lifecycle,
      @Reference ConfigurationAdmin configurations) {
    this.lifecycle = lifecycle;
    this.configurations = configurations;
    this.folder = Path.of(new Settings(context::getProperty).text("plugins.dir", "plugins"));
  }

  /** Installs what lies there when everything else has started, and watches from then on. */
  @Override
  public void run() {
    try {
      for (Path jar : jars()) {
        install(jar.toFile());
      }
      lifecycle.reconcile();
      configurations
          .getFactoryConfiguration("org.apache.felix.fileinstall", "plugins", "?")
          .update(
              FrameworkUtil.asDictionary(
                  Map.of(
                      "felix.fileinstall.dir", folder.toString(),
                      "felix.fileinstall.filter", ".*\\.jar",
                      "felix.fileinstall.subdir.mode", "skip",
                      "felix.fileinstall.poll", "1000",
                      "felix.fileinstall.log.level", "1")));
    } catch (IOException e) {
      LOG.error("the folder of plugins {} cannot be read: {}", folder, e.toString());
    }
  }

  private List<Path> jars() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted(Comparator.comparing(PluginFolder::requiresOnly).thenComparing(file -> file))
          .toList();
    }
  }

  /** Whether a jar offers no capability to others: views come before the models that read them. */
  private static boolean requiresOnly(Path file) {
    try (JarFile jar = new JarFile(file.toFile(), false)) {
      Manifest manifest = jar.getManifest();
      return manifest == null
          || manifest.getMainAttributes().getValue(Constants.PROVIDE_CAPABILITY) == null;
    } catch (IOException e) {
      return true; // the life cycle says what is wrong with it
    }
  }

  @Override
  public boolean canHandle(File file) {
    return file.getName().endsWith(".jar");
  }

  @Override
  public void install(File file) {
    try {
      lifecycle.changed(file.toPath());
    } catch (Refusal e) {
      LOG.error("plugin {} is left out: {}", file, e.getMessage());
    }
  }

  @Override
  public void update(File file) {
    install(file);
  }

  @Override
  public void uninstall(File file) {
    lifecycle.gone(file.toPath());
  }
}
