package io.caracal.alert.http.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A secret in a file, read whenever it is needed, so that a new one counts at once.
 *
 * @param file where it stands; a line break at the end does not belong to it
 * @param key the setting that names the file
 */
record Secret(Path file, String key) {
  String read() throws IOException {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8).stripTrailing();
      if (!text.isEmpty()) {
        return text;
      }
    } catch (IOException e) {
      throw new IOException(
          "the file %s of the setting %s cannot be read (%s); let this user read it"
              .formatted(file, key, e.getClass().getSimpleName()),
          e);
    }
    throw new IOException(
        "the file %s of the setting %s is empty; write the secret into it".formatted(file, key));
  }
}
