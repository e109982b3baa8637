package io.caracal.trainer.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache of features, with a stand-in for the sensor that answers with the views asked for. */
class SensorTest {
  private static final String SENSOR =
      """
      #!/bin/sh
      while [ $# -gt 1 ]; do
        case $1 in --view) views=$2 ;; --out) out=$2 ;; esac
        shift
      done
      echo "$views" >>"$(dirname "$0")/calls"
      for view in $(echo "$views" | tr , ' '); do
        list="$list${list:+,}{\\"name\\":\\"$view\\",\\"version\\":\\"1.0\\",\\"shape\\":[1]}"
      done
      echo "{\\"format\\":\\"caracal-rows/1\\",\\"columns\\":[],\\"views\\":[$list]}" >"$out"
      """;

  @TempDir Path folder;

  @BeforeEach
  void script() throws IOException {
    Path script = Files.writeString(folder.resolve("sensor"), SENSOR);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private Path flows(String setting, String... views) {
    return new Sensor(List.of(folder.resolve("sensor").toString()))
        .cachedFlows(
            folder.resolve("x.pcap"),
            "hash",
            List.of(views),
            List.of(setting),
            Optional.of(folder.resolve("cache")),
            folder);
  }

  @Test
  void aTableGrowsByTheViewsThatItLacks() throws IOException {
    Path first = flows("k=1", "host");
    assertThat(flows("k=1", "host")).isEqualTo(first);
    assertThat(flows("k=1", "cic")).isEqualTo(first);
    assertThat(flows("k=1", "host", "cic")).isEqualTo(first);
    assertThat(flows("k=2", "cic")).isNotEqualTo(first);
    assertThat(folder.resolve("calls")).content().isEqualTo("host\ncic,host\ncic\n");
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      assertThat(files).hasSize(2).allMatch(file -> file.toString().endsWith(".rows"));
    }
  }
}
