package io.caracal.launcher;

import io.caracal.plugin.signing.Fingerprint;
import io.caracal.plugin.signing.JarSigning;
import io.caracal.plugin.signing.KeyRing;
import io.caracal.plugin.signing.SignedJar;
import io.caracal.plugin.signing.SigningKey;
import io.caracal.plugin.signing.TrustFolder;
import io.caracal.plugin.signing.TrustStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keys that plugins are signed with, and whose signatures count. */
@Command(
    name = "keys",
    description = "make keys, sign plugins with them, say whose plugins are taken",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      Keys.Create.class,
      Keys.ListAll.class,
      Keys.Trust.class,
      Keys.Untrust.class,
      Keys.Sign.class,
      Keys.Verify.class,
      Keys.Revoke.class,
      HelpCommand.class
    })
final class Keys {
  /** What all of these have: the folders. No framework is started. */
  abstract static class Action implements Callable<Integer> {
    @Mixin private Common common = new Common();

    KeyRing keys() {
      return new KeyRing(folder("plugins.keys-dir", "keys"));
    }

    TrustFolder trust() {
      return new TrustFolder(folder("plugins.trust-dir", "config/trust"));
    }

    private Path folder(String setting, String otherwise) {
      return Distribution.locate()
          .root()
          .resolve(common.properties().getOrDefault("caracal." + setting, otherwise));
    }
  }

  @Command(
      name = "create",
      description = "make a key and trust it here",
      mixinStandardHelpOptions = true)
  static final class Create extends Action {
    @Parameters(
        paramLabel = "NAME",
        arity = "0..1",
        defaultValue = KeyRing.DEVELOPER,
        description = "default: ${DEFAULT-VALUE}")
    private String name = "";

    @Option(
        names = "--days",
        paramLabel = "N",
        description = "how long its certificate is valid; default: ${DEFAULT-VALUE}")
    private int days = KeyRing.DAYS;

    @Override
    public Integer call() throws IOException {
      SigningKey key = keys().create(name, Instant.now(), days);
      Path pem = trust().trust(name, key.certificate());
      System.out.printf("%s  signs plugins; keep it to yourself%n", keys().file(name));
      System.out.printf("%s  makes others take them: caracal keys trust%n", pem);
      System.out.printf("fingerprint %s%n", Fingerprint.of(key.certificate()));
      return 0;
    }
  }

  @Command(
      name = "list",
      description = "the keys, what is trusted and what is revoked",
      mixinStandardHelpOptions = true)
  static final class ListAll extends Action {
    @Override
    public Integer call() throws IOException {
      for (String name : keys().names()) {
        System.out.printf("key      %-20s %s%n", name, keys().file(name));
      }
      TrustStore store = trust().read();
      for (TrustStore.Trusted trusted : store.trusted()) {
        X509Certificate certificate = trusted.certificate();
        System.out.printf(
            "%-8s %-20s %s until %s%n",
            store.judge(List.of(certificate), Instant.now()).standing(),
            trusted.name(),
            Fingerprint.of(certificate),
            certificate.getNotAfter().toInstant());
      }
      store
          .revoked()
          .forEach((fingerprint, why) -> System.out.printf("revoked  %s %s%n", fingerprint, why));
      return 0;
    }
  }

  @Command(
      name = "trust",
      description = "take plugins of a signer, or of everybody for whom an authority vouches",
      mixinStandardHelpOptions = true)
  static final class Trust extends Action {
    @Parameters(paramLabel = "FILE", description = "the certificate, in PEM")
    private Path file = Path.of("");

    @Override
    public Integer call() throws IOException {
      System.out.println(trust().trust(file) + " is trusted from now on");
      return 0;
    }
  }

  @Command(
      name = "untrust",
      description = "take no plugins of a signer any more",
      mixinStandardHelpOptions = true)
  static final class Untrust extends Action {
    @Parameters(paramLabel = "NAME", description = "as keys list says it")
    private String name = "";

    @Override
    public Integer call() throws IOException {
      trust().untrust(name);
      System.out.println(name + " is not trusted any more");
      return 0;
    }
  }

  @Command(name = "sign", description = "sign plugins in place", mixinStandardHelpOptions = true)
  static final class Sign extends Action {
    @Parameters(paramLabel = "JAR", arity = "1..*", description = "plugins")
    private List<Path> jars = List.of();

    @Option(
        names = "--key",
        paramLabel = "NAME",
        description = "which key signs; default: ${DEFAULT-VALUE}")
    private String key = KeyRing.DEVELOPER;

    @Override
    public Integer call() throws IOException {
      SigningKey with = keys().load(key);
      for (Path jar : jars) {
        JarSigning.sign(jar, with);
        System.out.println(jar + " is signed by " + key);
      }
      return 0;
    }
  }

  @Command(
      name = "verify",
      description = "say who signed a plugin and whether that counts here",
      mixinStandardHelpOptions = true)
  static final class Verify extends Action {
    @Parameters(paramLabel = "JAR", description = "a plugin")
    private Path jar = Path.of("");

    @Override
    public Integer call() throws IOException {
      TrustStore store = trust().read();
      String sha256 = Fingerprint.of(Files.readAllBytes(jar));
      if (store.revocation(sha256).isPresent()) {
        return refuse("it is revoked: " + store.revocation(sha256).get());
      }
      List<List<X509Certificate>> signers;
      try {
        signers = SignedJar.signers(jar);
      } catch (SignatureException e) {
        return refuse(e.getMessage());
      }
      int code = refuse(signers.isEmpty() ? "it is not signed; sign it: caracal keys sign" : "");
      for (List<X509Certificate> chain : signers) {
        TrustStore.Verdict verdict = store.judge(chain, Instant.now());
        System.out.printf(
            "%s: signed by %s, %s%n", jar, verdict.name(), Fingerprint.of(chain.getFirst()));
        code = Math.max(code, refuse(verdict.reason()));
      }
      System.out.printf("%s: SHA-256 %s%n", jar, sha256);
      return code;
    }

    private int refuse(String reason) {
      if (reason.isEmpty()) {
        return 0;
      }
      System.err.println("caracal: " + jar + ": " + reason);
      return 1;
    }
  }

  @Command(
      name = "revoke",
      description = "take a certificate's plugins, or one plugin, no more",
      mixinStandardHelpOptions = true)
  static final class Revoke extends Action {
    @Parameters(paramLabel = "FINGERPRINT", description = "SHA-256 of the certificate or the jar")
    private String fingerprint = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why")
    private String reason = "";

    @Override
    public Integer call() throws IOException {
      trust().revoke(fingerprint, reason);
      System.out.println(fingerprint + " is revoked");
      return 0;
    }
  }
}
