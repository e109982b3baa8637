package io.caracal.plugin.manager.internal.trust;

import io.caracal.api.plugin.Settings;
import io.caracal.plugin.manager.internal.Gate;
import io.caracal.plugin.manager.internal.PluginJar;
import io.caracal.plugin.manager.internal.Refusal;
import io.caracal.plugin.signing.SignedJar;
import io.caracal.plugin.signing.TrustFolder;
import io.caracal.plugin.signing.TrustStore;
import io.caracal.plugin.signing.TrustStore.Standing;
import io.caracal.plugin.signing.TrustStore.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the signatures of a plugin count here, and for this plugin in this version. */
final class Signatures {
  private static final Logger LOG = LoggerFactory.getLogger(Signatures.class);
  private static final String SIGN =
      "sign it with a key that is trusted here: caracal keys sign, caracal keys trust";

  private final TrustFolder trust;
  private final AllowList allowed;
  private final Policy policy;
  private final boolean downgrades;
  private final Clock clock;

  Signatures(Settings settings, Clock clock) {
    this.trust = new TrustFolder(Path.of(settings.text("plugins.trust-dir", "config/trust")));
    this.allowed = AllowList.of(settings.text("plugins.allow", ""));
    this.policy = Policy.of(settings);
    this.downgrades = settings.flag("plugins.downgrades", false);
    this.clock = clock;
  }

  /** Whose signature counts; empty if none does and the policy lets that pass. */
  String check(PluginJar jar, Path file, Gate.Past past) throws Refusal {
    if (policy == Policy.OFF) {
      return "";
    }
    TrustStore store = store(jar);
    Optional<String> revoked = store.revocation(jar.sha256());
    if (revoked.isPresent()) {
      throw new Refusal(
          jar.title() + " is revoked: " + revoked.get() + "; install a version that is not");
    }
    requireProgress(jar, past);
    try {
      List<List<X509Certificate>> signers = SignedJar.signers(file);
      return signers.isEmpty()
          ? refuse(jar, "is not signed; " + SIGN)
          : signer(jar, store, signers, past);
    } catch (SignatureException e) {
      return refuse(jar, "is not what was signed: " + e.getMessage() + "; get it anew");
    } catch (IOException e) {
      throw new Refusal(jar.name() + ": " + e.getMessage() + "; copy the whole file", e);
    }
  }

  /** What a signature would be worth; see {@link Gate#standing}. */
  Gate.Standing standing(String symbolicName, String sha256, List<X509Certificate> signer) {
    try {
      TrustStore store = trust.read();
      Optional<String> revoked = store.revocation(sha256).map(why -> "it is revoked: " + why);
      if (signer.isEmpty()) {
        return standing("", revoked, "it is not signed");
      }
      Verdict verdict = store.judge(signer, clock.instant());
      if (verdict.standing() == Standing.REVOKED) {
        return standing(verdict.name(), Optional.of(verdict.reason()), "");
      }
      boolean stranger =
          verdict.standing() == Standing.TRUSTED && !allowed.allows(verdict.name(), symbolicName);
      return standing(
          verdict.name(), revoked, stranger ? notAllowed(verdict.name()) : verdict.reason());
    } catch (IOException e) {
      return standing("", Optional.empty(), "the trust store is damaged: " + e.getMessage());
    }
  }

  private Gate.Standing standing(String signer, Optional<String> revoked, String objection) {
    String counting = policy == Policy.ENFORCE ? objection : "";
    return new Gate.Standing(signer, policy == Policy.OFF ? "" : revoked.orElse(counting));
  }

  private static String notAllowed(String signer) {
    return "its signer " + signer + " may not bring plugins of this name (plugins.allow)";
  }

  private TrustStore store(PluginJar jar) throws Refusal {
    try {
      return trust.read();
    } catch (IOException e) {
      throw new Refusal(
          jar.title() + " cannot be judged: the trust store is damaged: " + e.getMessage(), e);
    }
  }

  private void requireProgress(PluginJar jar, Gate.Past past) throws Refusal {
    Optional<Version> highest = past.highest(jar.symbolicName());
    if (highest.filter(known -> known.compareTo(jar.version()) > 0).isPresent()
        && !past.holds(jar.sha256())
        && !downgrades) {
      throw new Refusal(
          jar.title()
              + " is older than "
              + highest.get()
              + ", which was installed before; give it a higher version, or set"
              + " plugins.downgrades=true if going back is meant");
    }
  }

  private String signer(
      PluginJar jar, TrustStore store, List<List<X509Certificate>> signers, Gate.Past past)
      throws Refusal {
    List<String> reasons = new ArrayList<>();
    String counting = "";
    for (List<X509Certificate> chain : signers) {
      Verdict verdict = store.judge(chain, clock.instant());
      if (verdict.standing() == Standing.REVOKED) {
        throw new Refusal(
            jar.title() + " is refused: " + verdict.reason() + "; have it signed by another key");
      }
      if (verdict.standing() == Standing.EXPIRED && past.holds(jar.sha256())) {
        LOG.warn(
            "plugin {} goes on because it was installed before, but {}; have it signed anew",
            jar.title(),
            verdict.reason());
        counting = verdict.name();
      } else if (verdict.standing() != Standing.TRUSTED) {
        reasons.add(verdict.reason());
      } else if (!allowed.allows(verdict.name(), jar.symbolicName())) {
        reasons.add(notAllowed(verdict.name()));
      } else {
        counting = verdict.name();
      }
    }
    return counting.isEmpty()
        ? refuse(jar, "is refused: " + String.join("; ", reasons) + "; " + SIGN)
        : counting;
  }

  private String refuse(PluginJar jar, String clause) throws Refusal {
    if (policy == Policy.ENFORCE) {
      throw new Refusal(jar.title() + " " + clause);
    }
    LOG.warn("plugin {} {} (plugins.trust is warn: it is taken all the same)", jar.title(), clause);
    return "";
  }
}
