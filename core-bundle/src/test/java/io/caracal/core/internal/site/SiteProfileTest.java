package io.caracal.core.internal.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.caracal.core.internal.ensemble.EnsembleDescriptor;
import io.caracal.core.internal.ensemble.Transform;
import io.caracal.core.internal.lane.Budget;
import io.caracal.core.internal.lane.ScoredBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteProfileTest {
  private static final int FLOWS = 20_000;
  private static final ProfileMaker.Terms TERMS =
      new ProfileMaker.Terms(200, 0, Duration.ofMinutes(5), List.of("test"));
  private static final String REQUIRES =
      "osgi.extender;filter:=\"(&(osgi.extender=io.caracal.ensemble)(version>=1.0))\"";

  @TempDir private Path folder;

  private static SiteProfile learn(Learner learner) {
    return new ProfileMaker(learner.lesson(), SyntheticSite.shipped(), TERMS).make();
  }

  private static SiteProfile profile(double meanScore) throws IOException {
    Learner learner = new Learner(Set.of(), true);
    new SyntheticSite(1, meanScore).benign(learner, FLOWS, 50, 0);
    return learn(learner);
  }

  private static Transform tail(SiteProfile profile) {
    return Recalibration.read(profile.ensemble()).members().getFirst().transform();
  }

  private Path write(SiteProfile profile) throws IOException {
    Path jar = folder.resolve("profile-" + profile.version() + ".jar");
    Files.write(jar, ProfileJar.pack(profile, "io.caracal.model.ensemble", REQUIRES));
    return jar;
  }

  @Test
  void pValuesAreTheSitesOwn() throws IOException {
    Transform tail = tail(profile(3));
    // Exponential scores of mean 3: p = exp(-score / 3).
    assertThat(tail.evidence(3 * Math.log(10))).isCloseTo(1, within(0.05));
    assertThat(tail.evidence(3 * Math.log(1000))).isCloseTo(3, within(0.2));
  }

  @Test
  void countsTheAlertsThatFreshTrafficRaises() throws IOException {
    SiteProfile profile = profile(3);
    double threshold = profile.site().path("alerts").path("after").path("threshold").asDouble();
    Learner fresh = new Learner(Set.of(), true);
    new SyntheticSite(2, 3).benign(fresh, FLOWS, 50, 0);
    Lesson lesson = fresh.lesson();
    Judge judge =
        new Judge(new Recalibration(profile.ensemble(), lesson.detectors()), lesson.detectors());
    double alerts =
        AlertCurve.alerts(judge.by(profile.ensemble(), lesson.learnt()), threshold, TERMS.window())
            / lesson.days();
    assertThat(alerts).isBetween(TERMS.falseAlertsPerDay() / 2, TERMS.falseAlertsPerDay() * 2);
    double before = profile.site().path("alerts").path("before").path("alertsPerDay").asDouble();
    assertThat(before).isGreaterThan(10 * TERMS.falseAlertsPerDay());
  }

  @Test
  void aTalkativeHostDoesNotDefineNormal() throws IOException {
    Learner learner = new Learner(Set.of(), true);
    SyntheticSite site = new SyntheticSite(1, 1);
    site.benign(learner, 5_000, 50, 0);
    for (int i = 0; i < 45_000; i++) {
      SyntheticSite.flow(learner, 200, i / 9, 50 + i % 7, 0.01);
    }
    // Nine flows in ten score above 50, but all of one host.
    assertThat(Math.pow(10, -tail(learn(learner)).evidence(40))).isBetween(0.4, 0.6);
  }

  @Test
  void leavesOutWhatAnAttackerDoes() throws IOException {
    Learner learner = new Learner(Set.of(), false);
    new SyntheticSite(1, 1).benign(learner, FLOWS, 50, 0);
    attack(learner);
    SiteProfile profile = learn(learner);
    assertThat(tail(profile).evidence(30)).isGreaterThan(3);
    JsonNode leftOut = profile.site().path("leftOut");
    assertThat(leftOut.path("records").asInt()).isEqualTo(520);
    JsonNode host = leftOut.path("hosts").path(0);
    assertThat(host.path("host").asText()).isEqualTo(SyntheticSite.address(250));
    assertThat(host.path("detections").path("scan").asInt()).isEqualTo(20);
    assertThat(ProfileCard.of(profile)).contains("| 10.0.0.250 |").contains("--benign HOST");

    Learner vouched = new Learner(Set.of(SyntheticSite.address(250)), false);
    new SyntheticSite(1, 1).benign(vouched, FLOWS, 50, 0);
    attack(vouched);
    assertThat(tail(learn(vouched)).evidence(30)).isLessThan(2);
  }

  /** Found in 20 of its flows, while 500 others look strange to one detector only. */
  private static void attack(ScoredBatch.Listener listener) throws IOException {
    for (int i = 0; i < 500; i++) {
      SyntheticSite.flow(listener, 250, 3000 + i, 2 + 30 * (i % 2), 0.0001);
    }
    for (int i = 0; i < 20; i++) {
      SyntheticSite.flow(listener, 250, 3000 + i, 40, 0.9999);
    }
  }

  @Test
  void sameTrafficMakesTheSameBytes() throws IOException {
    byte[] first = Files.readAllBytes(write(profile(2)));
    byte[] second = Files.readAllBytes(write(profile(2)));
    assertThat(second).isEqualTo(first);
    try (JarFile jar = new JarFile(write(profile(2)).toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Require-Capability"))
          .isEqualTo(REQUIRES);
      String card =
          new String(
              jar.getInputStream(jar.getEntry("caracal/card.md")).readAllBytes(),
              StandardCharsets.UTF_8);
      for (String entry : List.of(SiteProfile.ENSEMBLE, SiteProfile.SITE)) {
        byte[] bytes = jar.getInputStream(jar.getEntry(entry)).readAllBytes();
        assertThat(card).contains("`" + entry + "` | `" + ProfileJar.sha256(bytes) + "`");
      }
    }
  }

  @Test
  void isAnEnsembleOfAHigherVersionThatCanBeLearntAgain() throws IOException {
    SiteProfile profile = SiteProfile.read(write(profile(2)));
    assertThat(profile.version()).isEqualTo("2.0.0.site-20251120T143722Z");
    EnsembleDescriptor.Member member = Recalibration.read(profile.ensemble()).members().getFirst();
    assertThat(member.detector()).isEqualTo("1.0.0");
    assertThat(member.shipped()).isNotNull();
    Learner learner = new Learner(Set.of(), true);
    new SyntheticSite(1, 2).benign(learner, FLOWS, 50, 0);
    SiteProfile again =
        new ProfileMaker(learner.lesson(), SiteProfile.bytes(profile.ensemble()), TERMS).make();
    assertThat(again.ensemble()).isEqualTo(profile.ensemble());
  }

  @Test
  void namesDetectorsOfOtherVersions() throws IOException {
    SiteProfile profile = profile(2);
    assertThat(profile.foreign(id -> id.equals("forest") ? "1.1.0" : "3.0.0"))
        .singleElement()
        .asString()
        .contains("distance was learnt in version 1.0.0 but 3.0.0 scores");
  }

  @Test
  void isAppliedAndTakenBack() throws IOException {
    PluginFolder plugins = new PluginFolder(folder.resolve("plugins"));
    assertThatThrownBy(plugins::rollback).hasMessageContaining("no site profile is applied");
    SiteProfile profile = profile(2);
    Path applied = plugins.apply(write(profile), profile);
    Files.writeString(applied.resolveSibling("other.jar"), "not a profile");
    assertThat(SiteProfile.read(applied).ensemble()).isEqualTo(profile.ensemble());
    assertThat(plugins.rollback()).isEqualTo(applied);
    assertThat(applied).doesNotExist();
    assertThat(applied.resolveSibling("other.jar")).exists();
  }

  @Test
  void comparisonTellsWhatChanges() throws IOException {
    String text = new Comparison(profile(1), profile(3), new Budget(200, 0)).text();
    assertThat(text).contains("| threshold for 200.0 alerts a day |").contains("| distance |");
    String same = new Comparison(profile(3), profile(3), new Budget(200, 0)).text();
    assertThat(psi(text)).isGreaterThan(0.25);
    assertThat(psi(same)).isLessThan(0.05);
  }

  private static double psi(String comparison) {
    String row =
        comparison.lines().filter(line -> line.startsWith("| distance")).findFirst().orElseThrow();
    return Double.parseDouble(row.split("\\|", -1)[4].strip());
  }
}
