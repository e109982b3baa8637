package io.caracal.trainer.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.trainer.TrainerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleWriterTest {
  @TempDir Path parent;

  private Path bundle = Path.of("");

  @BeforeEach
  void name() {
    bundle = parent.resolve("caracal");
  }

  private static SortedMap<String, byte[]> file(String name) {
    return new TreeMap<>(Map.of(name, new byte[] {1}));
  }

  @Test
  void replacesAllFiles() {
    BundleWriter.write(bundle, file("old"));
    BundleWriter.write(bundle, file("new"));
    assertThat(bundle).isDirectoryContaining("glob:**/new").isDirectoryNotContaining("glob:**/old");
    assertThat(parent.toFile().list()).containsExactly("caracal");
  }

  @Test
  void putsRightWhatAKilledProcessLeft() throws IOException {
    Files.createDirectories(parent.resolve(".caracal.old"));
    Files.writeString(parent.resolve(".caracal.old/before"), "x");
    Files.createDirectories(parent.resolve(".caracal.new"));
    Files.writeString(parent.resolve(".caracal.new/half"), "x");
    BundleWriter.write(bundle, file("new"));
    assertThat(parent.toFile().list()).containsExactly("caracal");
    assertThat(bundle.toFile().list()).containsExactly("new");
  }

  @Test
  void aFileThatCannotBeWrittenLeavesTheOldBundle() {
    BundleWriter.write(bundle, file("old"));
    assertThatThrownBy(() -> BundleWriter.write(bundle, file("no/such/folder")))
        .isInstanceOf(TrainerException.class)
        .hasMessageContaining("caracal cannot be written");
    assertThat(bundle.toFile().list()).containsExactly("old");
  }
}
