package io.caracal.api.plugin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A secret in a file, so that it stands in no setting. It is read whenever it is needed: a new one
 * counts at once.
 *
 * @param path where it stands; a line break at the end does not belong to it
 * @param key the setting that names the file
 */
public record SecretFile(Path path, String key) {
  /**
   * The file that a setting names.
   *
   * @param settings of the plugin
   * @param key such as {@code http.credentials-file}
   * @return empty if the setting is
   */
  public static Optional<SecretFile> of(Settings settings, String key) {
    return Optional.of(settings.text(key, ""))
        .filter(text -> !text.isEmpty())
        .map(text -> new SecretFile(Path.of(text), key));
  }

  /**
   * Reads the secret.
   *
   * @return not empty
   * @throws IOException with a sentence for the operator
   */
  public String read() throws IOException {
    try {
      String text = Files.readString(path, StandardCharsets.UTF_8).stripTrailing();
      if (!text.isEmpty()) {
        return text;
      }
    } catch (IOException e) {
      throw new IOException(
          "the file %s of the setting %s cannot be read (%s); let this user read it"
              .formatted(path, key, e.getClass().getSimpleName()),
          e);
    }
    throw new IOException(
        "the file %s of the setting %s is empty; write the secret into it".formatted(path, key));
  }
}
