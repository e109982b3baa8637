package io.caracal.plugin.manager.internal;

import org.osgi.framework.Bundle;

/**
 * A plugin that is installed.
 *
 * @param jar what it was installed from
 * @param bundle what became of it
 * @param signer who signed it, empty if nobody
 * @param stage how far it has come
 * @param reason one sentence if somebody must know why it stands there, else empty
 */
record Plugin(PluginJar jar, Bundle bundle, String signer, Stage stage, String reason) {
  Plugin at(Stage next, String because) {
    return new Plugin(jar, bundle, signer, next, because);
  }
}
