package io.caracal.core.internal.plugin;

import java.io.File;
import java.io.IOException;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what is wrong with a jar in the plugins folder that is no bundle, which FileInstall passes
 * over silently.
 */
@Component
public final class UnreadableJars implements ArtifactInstaller {
  private static final Logger LOG = LoggerFactory.getLogger(UnreadableJars.class);

  @Override
  public boolean canHandle(File file) {
    return file.getName().endsWith(".jar") && problem(file).isPresent();
  }

  @Override
  public void install(File file) {
    problem(file)
        .ifPresent(
            problem ->
                LOG.error("plugin {} is left out: {}; copy the whole file again", file, problem));
  }

  @Override
  public void update(File file) {
    install(file);
  }

  @Override
  public void uninstall(File file) {
    LOG.info("plugin {}, which was left out, is gone", file);
  }

  private static Optional<String> problem(File file) {
    try (JarFile jar = new JarFile(file)) {
      Manifest manifest = jar.getManifest();
      boolean bundle =
          manifest != null
              && manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME) != null;
      return bundle ? Optional.empty() : Optional.of("its manifest names no bundle");
    } catch (IOException e) {
      return Optional.of("it is no readable jar (" + e.getMessage() + ")");
    }
  }
}
