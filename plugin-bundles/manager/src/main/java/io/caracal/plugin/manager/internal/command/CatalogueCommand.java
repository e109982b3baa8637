package io.caracal.plugin.manager.internal.command;

import io.caracal.api.plugin.PluginSigner;
import io.caracal.plugin.manager.internal.Refusal;
import io.caracal.plugin.manager.internal.catalogue.CatalogueWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes a folder of plugins a catalogue. Options: {@code folder}, {@code name}. */
@Component(service = ToIntFunction.class, property = "caracal.command=catalogue")
public final class CatalogueCommand implements ToIntFunction<Map<String, Object>> {
  private final CatalogueWriter writer;

  /** A command that signs with the key that the settings name. */
  @Activate
  public CatalogueCommand(@Reference PluginSigner signer) {
    this.writer = new CatalogueWriter(signer);
  }

  @Override
  public int applyAsInt(Map<String, Object> values) {
    Options options = new Options(values);
    Path folder = Path.of(options.text("folder"));
    try {
      int plugins = writer.write(folder, options.text("name"), Instant.now());
      options.out().printf("%s lists %d plugins%n", folder.resolve(CatalogueWriter.FILE), plugins);
      return 0;
    } catch (Refusal e) {
      options.err().println("caracal: " + e.getMessage());
    } catch (IOException | IllegalArgumentException e) {
      options.err().printf("caracal: no catalogue is made of %s: %s%n", folder, e.getMessage());
    }
    return 1;
  }
}
