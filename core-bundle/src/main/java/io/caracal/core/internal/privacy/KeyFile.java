package io.caracal.core.internal.privacy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * The key of pseudonyms: a file of hexadecimal digits that its owner alone may read, made at first
 * use. Who has it can turn pseudonyms back into addresses; without it they change.
 *
 * @param path where it is
 */
record KeyFile(Path path) {
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  /**
   * Reads the key.
   *
   * @return {@value CryptoPan#KEY_BYTES} bytes
   * @throws IOException with a sentence for the operator
   */
  byte[] read() throws IOException {
    if (!Files.exists(path)) {
      make();
    }
    if (!OWNER.containsAll(Files.getPosixFilePermissions(path))) {
      throw new IOException(
          "the key file "
              + path
              + " of the setting privacy.key-file may be read by others than its owner; make a new"
              + " one, or if nobody has read it: chmod 600 "
              + path);
    }
    try {
      byte[] key = HexFormat.of().parseHex(Files.readString(path).strip());
      if (key.length == CryptoPan.KEY_BYTES) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    }
    throw wrong(new IllegalArgumentException("length"));
  }

  private IOException wrong(Exception cause) {
    return new IOException(
        "the key file "
            + path
            + " of the setting privacy.key-file must hold "
            + 2 * CryptoPan.KEY_BYTES
            + " hexadecimal digits; restore it, or remove it for a new key and new pseudonyms",
        cause);
  }

  private void make() throws IOException {
    byte[] key = new byte[CryptoPan.KEY_BYTES];
    new SecureRandom().nextBytes(key);
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      // Complete before it has its name: another process may be looking for it.
      Path draft =
          Files.createTempFile(
              path.toAbsolutePath().getParent(),
              "key",
              "",
              PosixFilePermissions.asFileAttribute(OWNER));
      try {
        Files.writeString(draft, HexFormat.of().formatHex(key) + "\n");
        Files.createLink(path, draft);
      } finally {
        Files.delete(draft);
      }
    } catch (FileAlreadyExistsException e) {
      return; // the other process was first
    } catch (IOException e) {
      throw new IOException(
          "the key file "
              + path
              + " of the setting privacy.key-file cannot be made ("
              + e
              + "); set it to a path that this user may write",
          e);
    }
  }
}
