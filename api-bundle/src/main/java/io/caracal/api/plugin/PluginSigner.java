package io.caracal.api.plugin;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Signs plugins that the sensor makes itself, with the key of whoever runs it. An OSGi service;
 * thread-safe.
 */
@ProviderType
public interface PluginSigner {
  /**
   * Signs a jar. Equal jars give equal entries, except for the signature itself.
   *
   * @param jar its bytes
   * @return the bytes of the signed jar
   * @throws IOException with a sentence if there is no key that can be used, and none could be made
   */
  byte[] sign(byte[] jar) throws IOException;
}
