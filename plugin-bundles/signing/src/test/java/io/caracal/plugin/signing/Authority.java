package io.caracal.plugin.signing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An authority that issues certificates of signers, as a company may have one. */
final class Authority {
  private static final String PASSWORD = "changeit";

  private final Path store;

  Authority(Path folder) throws IOException, InterruptedException {
    store = folder.resolve("authority.p12");
    keytool("-alias", "ca", "-dname", "CN=Authority", "-ext", "bc:c");
  }

  X509Certificate certificate() throws IOException, GeneralSecurityException {
    return open("ca").certificate();
  }

  SigningKey issue(String name, String use) throws Exception {
    return issueBy("ca", name, use);
  }

  SigningKey issueBy(String issuer, String name, String use) throws Exception {
    keytool("-alias", name, "-dname", "CN=" + name, "-signer", issuer, "-ext", "eku=" + use);
    return open(name);
  }

  private SigningKey open(String alias) throws IOException, GeneralSecurityException {
    KeyStore opened = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    List<X509Certificate> chain = new ArrayList<>();
    for (Certificate certificate : opened.getCertificateChain(alias)) {
      chain.add((X509Certificate) certificate);
    }
    return new SigningKey((PrivateKey) opened.getKey(alias, PASSWORD.toCharArray()), chain);
  }

  private void keytool(String... more) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1"));
    command.addAll(List.of("-startdate", "-1H", "-validity", "30", "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    command.addAll(Arrays.asList(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + said);
    }
  }
}
