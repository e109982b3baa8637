package io.caracal.plugin.signing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A folder of keys, {@code NAME.p12}, each readable by its owner alone.
 *
 * @param folder created with the first key
 */
public record KeyRing(Path folder) {
  /** The key that is used where none is named. */
  public static final String DEVELOPER = "developer";

  /** How long a certificate is valid where nothing is said. */
  public static final int DAYS = 730;

  private static final String SUFFIX = ".p12";
  private static final Duration SKEW = Duration.ofHours(1);
  private static final DateTimeFormatter KEYTOOL =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT);

  /** The names of the keys that are here, sorted. */
  public List<String> names() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    }
  }

  /** The file of a key, whether it is there or not. */
  public Path file(String name) {
    return folder.resolve(name + SUFFIX);
  }

  /** Reads a key; see {@link SigningKey#load}. */
  public SigningKey load(String name) throws IOException {
    return SigningKey.load(file(name));
  }

  /**
   * The key of a name; made and trusted if it is not here.
   *
   * @param trust where a new one is trusted
   * @param say takes the sentence that a key was made
   */
  public SigningKey loadOrCreate(String name, TrustFolder trust, Consumer<String> say)
      throws IOException {
    if (Files.exists(file(name))) {
      return load(name);
    }
    SigningKey made = create(name, Instant.now(), DAYS);
    Path trusted = trust.trust(name, made.certificate());
    say.accept(
        "made the key "
            + file(name)
            + ", which plugins are signed with, and trusted it: "
            + trusted);
    return made;
  }

  /**
   * Makes a key by the JDK's keytool: elliptic curve P-256 and a certificate for signing code that
   * the key itself has signed.
   *
   * @param name letters, digits, dots and hyphens
   * @param from when its validity begins; an hour is added before, for clocks that differ
   * @param days how long it is valid
   * @throws IOException with a sentence if it cannot be made, or is here already
   */
  public SigningKey create(String name, Instant from, int days) throws IOException {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,63}")) {
      throw new IOException(
          "'" + name + "' is no name for a key; use letters, digits, dots and hyphens");
    }
    Path file = file(name);
    if (Files.exists(file)) {
      throw new IOException("the key " + file + " is there already; choose another name");
    }
    Files.createDirectories(folder);
    Path work =
        Files.createTempDirectory(
            folder,
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path made = work.resolve(name + SUFFIX);
    Path said = work.resolve("keytool.txt");
    try {
      keytool(made, said, name, from.minus(SKEW), days);
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(made);
      Files.deleteIfExists(said);
      Files.delete(work);
    }
    return load(name);
  }

  private static void keytool(Path file, Path said, String name, Instant from, int days)
      throws IOException {
    ProcessBuilder process =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            name,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=" + name,
            "-startdate",
            KEYTOOL.format(from.atZone(ZoneId.systemDefault())),
            "-validity",
            Integer.toString(days),
            "-ext",
            "KeyUsage:critical=digitalSignature",
            "-ext",
            "ExtendedKeyUsage=codeSigning",
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass:env",
            SigningKey.PASSWORD);
    process.environment().put(SigningKey.PASSWORD, SigningKey.password());
    int code;
    try {
      code = process.redirectErrorStream(true).redirectOutput(said.toFile()).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the key " + name + " was not made: interrupted", e);
    }
    if (code != 0) {
      throw new IOException(
          "keytool made no key "
              + name
              + ": "
              + Files.readString(said, StandardCharsets.UTF_8).strip());
    }
  }
}
