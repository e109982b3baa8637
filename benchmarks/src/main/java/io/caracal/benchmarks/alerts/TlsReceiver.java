package io.caracal.benchmarks.alerts;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * Reads frames with their length before them (RFC 5425) over TLS, from one connection at a time.
 */
final class TlsReceiver implements AutoCloseable {
  private static final char[] PASSWORD = "benchmark".toCharArray();

  private final Path authority;
  private final SSLServerSocket server;
  private final Consumer<byte[]> output;
  private final Thread thread;

  TlsReceiver(Path folder, Consumer<byte[]> output)
      throws IOException, GeneralSecurityException, InterruptedException {
    this.output = output;
    authority = folder.resolve("receiver.pem");
    SSLContext context = context(folder.resolve("receiver.p12"), authority);
    server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    thread = Thread.ofPlatform().name("receiver").start(this::serve);
  }

  /** A key and a certificate of its own, made by the JDK's keytool. */
  private static SSLContext context(Path store, Path certificate)
      throws IOException, GeneralSecurityException, InterruptedException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    int code =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "receiver",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .inheritIO()
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException("keytool makes no certificate");
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    Files.writeString(
        certificate,
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(keys.getCertificate("receiver").getEncoded())
            + "\n-----END CERTIFICATE-----\n");
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), null, null);
    return context;
  }

  int port() {
    return server.getLocalPort();
  }

  /** The file with its certificate. */
  Path authority() {
    return authority;
  }

  private void serve() {
    while (!server.isClosed()) {
      try (SSLSocket socket = (SSLSocket) server.accept();
          DataInputStream in =
              new DataInputStream(
                  new java.io.BufferedInputStream(socket.getInputStream(), 1 << 16))) {
        while (true) {
          output.accept(frame(in));
        }
      } catch (IOException e) {
        if (!server.isClosed() && !(e instanceof java.io.EOFException)) {
          System.err.println("receiver: " + e);
        }
      }
    }
  }

  private static byte[] frame(DataInputStream in) throws IOException {
    int length = 0;
    for (byte digit = in.readByte(); digit != ' '; digit = in.readByte()) {
      length = 10 * length + digit - '0';
    }
    byte[] frame = new byte[length];
    in.readFully(frame);
    return frame;
  }

  /** The id of the alert in a frame. */
  static String id(byte[] frame) {
    String text = new String(frame, StandardCharsets.UTF_8);
    int at = text.indexOf("\"alert_id\":\"") + "\"alert_id\":\"".length();
    return text.substring(at, text.indexOf('"', at));
  }

  @Override
  public void close() throws IOException {
    server.close();
    thread.interrupt();
  }
}
