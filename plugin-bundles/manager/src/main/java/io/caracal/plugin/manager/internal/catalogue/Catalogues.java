package io.caracal.plugin.manager.internal.catalogue;

import io.caracal.api.plugin.Settings;
import io.caracal.plugin.manager.internal.Gate;
import io.caracal.plugin.manager.internal.Lifecycle;
import io.caracal.plugin.manager.internal.PluginJar;
import io.caracal.plugin.manager.internal.Refusal;
import io.caracal.plugin.manager.internal.Request;
import io.caracal.plugin.signing.Fingerprint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalogues that {@code plugins.catalogues} names. An index is trusted as a plugin is; what is
 * wrong with one is noted as a refusal and does not keep the others from being used.
 */
@Component(service = Catalogues.class)
public final class Catalogues {
  private static final Logger LOG = LoggerFactory.getLogger(Catalogues.class);

  private final Lifecycle lifecycle;
  private final Gate gate;
  private final List<URI> folders;
  private final Downloads downloads;
  private final SeenIndexes seen;

  /**
   * What catalogues hold.
   *
   * @param offers by name, the highest version first
   * @param problems why catalogues are left out, one sentence each
   */
  public record Found(List<Offer> offers, List<String> problems) {
    /** Copies the lists. */
    public Found {
      offers = List.copyOf(offers);
      problems = List.copyOf(problems);
    }
  }

  /** The catalogues that the settings name. */
  @Activate
  public Catalogues(BundleContext context, @Reference Lifecycle lifecycle, @Reference Gate gate) {
    this.lifecycle = lifecycle;
    this.gate = gate;
    Settings settings = new Settings(context::getProperty);
    this.folders =
        Arrays.stream(settings.text("plugins.catalogues", "").split(",", -1))
            .map(String::strip)
            .filter(Predicate.not(String::isEmpty))
            .map(text -> URI.create(text.endsWith("/") ? text : text + "/"))
            .toList();
    this.downloads = Downloads.of(settings);
    this.seen =
        new SeenIndexes(Path.of(settings.text("plugins.dir", "plugins")).resolve("catalogues"));
  }

  /**
   * Asks every catalogue.
   *
   * @throws Refusal if none is named
   */
  public Found ask(Request request) throws Refusal {
    if (folders.isEmpty()) {
      throw new Refusal(
          "no catalogue is named; set plugins.catalogues to the folder or address of one");
    }
    List<Offer> offers = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (URI folder : folders) {
      try {
        offers.addAll(current(folder).offers());
      } catch (Refusal e) {
        lifecycle.refused("catalogue", request, e.getMessage());
        problems.add(e.getMessage());
      }
    }
    return new Found(offers.stream().sorted(Offer.BEST_FIRST).toList(), problems);
  }

  private CatalogueIndex current(URI folder) throws Refusal {
    URI file = folder.resolve(CatalogueIndex.FILE);
    PluginJar jar = PluginJar.of(file.toString(), downloads.get(file));
    try {
      gate.admit(jar, Gate.Past.NONE);
    } catch (Refusal e) {
      throw new Refusal("the catalogue " + folder + " is left out: " + e.getMessage(), e);
    }
    seen.see(folder, jar);
    return CatalogueIndex.of(jar, folder);
  }

  /** What the catalogues held when they were asked last; nobody is asked now. */
  public List<Offer> known() {
    List<Offer> offers = new ArrayList<>();
    for (URI folder : folders) {
      try {
        Optional<PluginJar> last = seen.last(folder);
        if (last.isPresent()) {
          gate.admit(last.get(), Gate.Past.NONE);
          offers.addAll(CatalogueIndex.of(last.get(), folder).offers());
        }
      } catch (Refusal e) {
        LOG.debug("the catalogue {} offers nothing: {}", folder, e.getMessage());
      }
    }
    return offers.stream().sorted(Offer.BEST_FIRST).toList();
  }

  /**
   * Gets the jar of an offer.
   *
   * @param folder where it is put
   * @throws Refusal if it is not the one that the catalogue lists
   */
  Path fetch(Offer offer, Path folder) throws Refusal {
    byte[] bytes = downloads.get(offer.file());
    String sha256 = Fingerprint.of(bytes);
    if (!sha256.equals(offer.sha256())) {
      throw new Refusal(
          offer.file()
              + " is not what the catalogue "
              + offer.catalogue()
              + " lists as "
              + offer.title()
              + ": its SHA-256 is "
              + sha256
              + ", not "
              + offer.sha256()
              + "; have the catalogue made anew");
    }
    try {
      return Files.write(folder.resolve(offer.name() + "-" + offer.version() + ".jar"), bytes);
    } catch (IOException e) {
      throw new Refusal(
          offer.title() + " cannot be put into " + folder + " (" + e + "); make room there", e);
    }
  }
}
