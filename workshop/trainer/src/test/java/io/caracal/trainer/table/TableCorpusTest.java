package io.caracal.trainer.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.trainer.Progress;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.recipe.ClassEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableCorpusTest {
  @TempDir Path folder;

  private FlowTable kdd(String name, int rows, String... labels) throws IOException {
    return TableReader.read(Tables.kdd(folder.resolve(name), rows, labels), Progress.SILENT);
  }

  @Test
  void equalRowsAreNeverOnTwoSides() throws IOException {
    Path file = Tables.kdd(folder.resolve("k"), 300, "normal", "satan");
    Files.writeString(file, Files.readString(file).repeat(2));
    FlowTable table = TableReader.read(file, Progress.SILENT);
    try (Corpus corpus = new TableCorpus(table, Optional.empty(), List.of()).open()) {
      Map<String, Part> parts = new HashMap<>();
      for (Example example : corpus.examples(e -> true)) {
        float[] row = corpus.rows(List.of(example), corpus.layout(List.of("kdd")));
        Part known = parts.putIfAbsent(Arrays.toString(row), example.part());
        assertThat(example.part()).isEqualTo(known == null ? example.part() : known);
      }
      assertThat(corpus.examples(Part.TRAIN)).hasSizeBetween(300, 420);
      assertThat(corpus.examples(Part.CALIBRATION)).hasSizeBetween(50, 130);
      assertThat(corpus.examples(Part.VALIDATION)).hasSizeBetween(100, 200);
    }
  }

  @Test
  void theLastOfEachLabelAreForValidation() throws IOException {
    StringBuilder text = new StringBuilder("Timestamp,Flow Duration,Label\n");
    for (int i = 99; i >= 0; i--) {
      text.append("2017-07-03 10:%02d,%d,%s%n".formatted(i / 2, i, i % 2 == 0 ? "BENIGN" : "Bot"));
    }
    Path file = Files.writeString(folder.resolve("t.csv"), text);
    FlowTable table = TableReader.read(file, Progress.SILENT);
    try (Corpus corpus = new TableCorpus(table, Optional.empty(), List.of()).open()) {
      List<Example> validation = corpus.examples(Part.VALIDATION);
      float[] durations = corpus.rows(validation, corpus.layout(List.of("cic")));
      assertThat(validation).hasSize(26);
      assertThat(durations).contains(99, 98, 75, 74).doesNotContain(73);
      assertThat(corpus.examples(Part.TRAIN)).hasSize(60);
    }
  }

  @Test
  void anotherTableIsMeasuredOnInTheWordsOfTheFirst() throws IOException {
    FlowTable train = kdd("train", 100, "normal", "neptune");
    FlowTable test = kdd("test", 30, "normal", "neptune", "satan");
    TableCorpus tables = new TableCorpus(train, Optional.of(test), List.of());
    assertThat(tables.classes()).extracting(ClassEntry::name).containsExactly("neptune", "satan");
    try (Corpus corpus = tables.open()) {
      List<Example> validation = corpus.examples(Part.VALIDATION);
      assertThat(validation).hasSize(30);
      List<String> names = corpus.layout(List.of("kdd")).columnNames();
      // The word "private" is not in training, so that the scan has no service at all.
      assertThat(names).contains("kdd/service=http").doesNotContain("kdd/service=private");
      float[] scan = corpus.rows(List.of(validation.get(2)), corpus.layout(List.of("kdd")));
      assertThat(scan[names.indexOf("kdd/service=http")]).isZero();
      float[] benign = corpus.rows(List.of(validation.get(0)), corpus.layout(List.of("kdd")));
      assertThat(benign[names.indexOf("kdd/service=http")]).isEqualTo(1);
    }
  }

  @Test
  void attacksCanBeKeptFromTraining() throws IOException {
    FlowTable table = kdd("k", 300, "normal", "neptune", "satan");
    try (Corpus corpus = new TableCorpus(table, Optional.empty(), List.of("satan")).open()) {
      assertThat(corpus.examples(Part.TRAIN))
          .noneMatch(example -> example.truth().label().equals("satan"));
      assertThat(corpus.examples(Part.VALIDATION))
          .anyMatch(example -> example.truth().label().equals("satan"));
    }
    assertThatThrownBy(() -> new TableCorpus(table, Optional.empty(), List.of("ddos")))
        .hasMessageContaining("no attack of the table has the label ddos")
        .hasMessageContaining("[benign, neptune, satan]");
  }
}
