package io.caracal.core.internal.command;

import io.caracal.api.plugin.PluginSigner;
import io.caracal.api.plugin.Settings;
import io.caracal.core.internal.site.Lesson;
import io.caracal.core.internal.site.ProfileCard;
import io.caracal.core.internal.site.ProfileJar;
import io.caracal.core.internal.site.ProfileMaker;
import io.caracal.core.internal.site.SiteProfile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

/**
 * Turns what was learnt into files: the bundle, and its card beside it.
 *
 * @param ensemble the bundle of the ensemble that is recalibrated
 * @param signer signs the bundle, so that sensors take it
 */
record ProfileWriting(Settings settings, Bundle ensemble, PluginSigner signer) {
  /** Entry of the descriptor. */
  static final String ENTRY = SiteProfile.ENSEMBLE;

  private static final double SECONDS_PER_DAY = 86_400;

  void write(Lesson lesson, List<String> inputs, Optional<Path> out) throws IOException {
    requireEnough(lesson);
    ProfileMaker.Terms terms =
        new ProfileMaker.Terms(
            settings.number("alerts.false-per-day", 5),
            settings.number("alerts.flows-per-day", 0),
            settings.seconds("alerts.window", Duration.ofMinutes(5)),
            inputs);
    SiteProfile profile = new ProfileMaker(lesson, descriptor(), terms).make();
    String name = ensemble.getSymbolicName() + "-" + profile.version();
    Path folder = out.orElse(Path.of(""));
    Path jar = Command.prepare(folder.resolve(name + ".jar"));
    String requires = String.valueOf(ensemble.getHeaders().get(Constants.REQUIRE_CAPABILITY));
    Files.write(jar, signer.sign(ProfileJar.pack(profile, ensemble.getSymbolicName(), requires)));
    Files.writeString(folder.resolve(name + ".md"), ProfileCard.of(profile));
    System.out.print(ProfileCard.of(profile));
    System.out.println("\nwritten to " + jar + "; apply it by: ./caracal profile apply " + jar);
  }

  private byte[] descriptor() throws IOException {
    try (InputStream in = ensemble.getEntry(ENTRY).openStream()) {
      return in.readAllBytes();
    }
  }

  /** Says what is missing if a profile of this little would be a guess. */
  private void requireEnough(Lesson lesson) {
    int flows = settings.integer("learn.minimum-flows", 2000);
    double seconds = settings.seconds("learn.minimum-time", Duration.ofHours(1)).toNanos() / 1e9;
    double learnt = lesson.days() * SECONDS_PER_DAY;
    if (lesson.normalFlows() < flows || learnt < seconds) {
      throw new Failure(
          String.format(
              Locale.ROOT,
              "%,.0f normal flows in %,.0f s are too few to learn from: no profile is written;"
                  + " learn for longer, until there are %,d flows and %,.0f s (learn.minimum-flows,"
                  + " learn.minimum-time)",
              lesson.normalFlows(),
              learnt,
              flows,
              seconds));
    }
  }
}
