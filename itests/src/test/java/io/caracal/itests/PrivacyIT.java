package io.caracal.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.itests.Caracal.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With pseudonyms no address of the capture leaves the sensor. */
class PrivacyIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern IPV4 = Pattern.compile("\\b[0-9]{1,3}(\\.[0-9]{1,3}){3}\\b");

  @TempDir private Path folder;

  private static Set<String> addresses(String text) {
    Set<String> addresses = new TreeSet<>();
    Matcher matcher = IPV4.matcher(text);
    while (matcher.find()) {
      addresses.add(matcher.group());
    }
    return addresses;
  }

  private static Set<String> fields(Path eve, String... names) throws IOException {
    Set<String> values = new TreeSet<>();
    for (String line : Files.readAllLines(eve)) {
      JsonNode event = JSON.readTree(line);
      for (String name : names) {
        values.add(event.path(name).asText());
      }
    }
    return values;
  }

  @Test
  void noAddressOfTheCaptureIsTold() throws Exception {
    Path key = Files.writeString(folder.resolve("key"), "5a".repeat(32) + "\n");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Path real = folder.resolve("real");
    Path told = folder.resolve("told");
    Caracal.run(real, "replay", Caracal.SAMPLE, "--out", real.toString());
    Result result =
        Caracal.run(
            told,
            "replay",
            Caracal.SAMPLE,
            "--out",
            told.toString(),
            "--set",
            "privacy.addresses=pseudonyms",
            "--set",
            "privacy.key-file=" + key);
    assertThat(result.code()).as(result.err()).isZero();
    Set<String> addresses = fields(real.resolve("eve.json"), "src_ip", "dest_ip");
    assertThat(addresses).isNotEmpty();
    String eve = Files.readString(told.resolve("eve.json"));
    assertThat(addresses(eve)).isNotEmpty().doesNotContainAnyElementsOf(addresses);
    assertThat(addresses(result.out())).isNotEmpty().doesNotContainAnyElementsOf(addresses);
    assertThat(fields(told.resolve("eve.json"), "src_ip", "dest_ip")).hasSameSizeAs(addresses);
    assertThat(fields(told.resolve("eve.json"), "community_id"))
        .doesNotContainAnyElementsOf(communities(real.resolve("eve.json")));
  }

  private static Set<String> communities(Path eve) throws IOException {
    Set<String> ids = fields(eve, "community_id");
    ids.remove(""); // of events that are about no flow
    return ids;
  }
}
