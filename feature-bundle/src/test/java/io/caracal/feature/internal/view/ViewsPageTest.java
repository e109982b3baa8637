package io.caracal.feature.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import io.caracal.api.flow.ViewDescription.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The columns on a view's page are its description, nothing else. */
class ViewsPageTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final String COLUMNS = "## Columns\n";

  static Stream<View> views() {
    return Views.all().stream();
  }

  @ParameterizedTest
  @MethodSource("views")
  void thePageIsUpToDate(View view) throws IOException {
    Path file = DOCS.resolve("views/" + view.description().name() + ".md");
    String page = Files.readString(file);
    String columns = COLUMNS + table(view.description());
    if (System.getProperty("caracal.docs", "check").equals("write")) {
      page = page.substring(0, page.indexOf(COLUMNS)) + columns;
      Files.writeString(file, page);
    }
    assertThat(page).as(file + "; rewrite it with -Dcaracal.docs=write").endsWith(columns);
  }

  @Test
  void theOverviewNamesThemAll() throws IOException {
    assertThat(Files.readString(DOCS.resolve("views.md")))
        .contains(views().map(ViewsPageTest::row).toList());
  }

  private static String row(View view) {
    ViewDescription description = view.description();
    String name = description.name();
    return "| [`%s`](views/%s.md) | %s | %s |"
        .formatted(name, name, description.version(), description.shape());
  }

  private static String table(ViewDescription description) {
    List<Column> columns = description.columns();
    List<Column> shown = description.shape().size() == 1 ? columns : fieldsOfOnePacket(description);
    String head =
        """

        | # | column | unit | range | definition | source | models |
        |---|---|---|---|---|---|---|
        """;
    return IntStream.range(0, shown.size())
        .mapToObj(i -> row(i, shown.get(i)))
        .collect(Collectors.joining("", head, ""));
  }

  private static String row(int index, Column column) {
    String use =
        switch (column.use()) {
          case FEATURE -> "yes";
          case LEAKS -> "on request";
          case EXTERNAL -> "no";
        };
    return "| %d | `%s` | %s | %s | %s | %s | %s |\n"
        .formatted(
            index,
            column.name(),
            column.unit(),
            range(column),
            column.meaning(),
            column.source(),
            use);
  }

  private static String range(Column column) {
    if (column.min() == column.max()) {
      return number(column.min());
    }
    if (Double.isInfinite(column.max())) {
      return Double.isInfinite(column.min()) ? "any" : "≥ " + number(column.min());
    }
    return number(column.min()) + " to " + number(column.max());
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.4f", value);
  }

  /** Packet 0 stands for all: the others differ in their number only. */
  private static List<Column> fieldsOfOnePacket(ViewDescription description) {
    int fields = description.shape().get(1);
    List<Column> columns = description.columns();
    for (int i = 0; i < columns.size(); i++) {
      Column first = columns.get(i % fields);
      assertThat(columns.get(i))
          .isEqualTo(named(first, first.name().replace("p00", "p%02d".formatted(i / fields))));
    }
    return columns.subList(0, fields).stream()
        .map(column -> named(column, column.name().replace("p00", "pNN")))
        .toList();
  }

  private static Column named(Column column, String name) {
    return new Column(
        name,
        column.unit(),
        column.meaning(),
        column.min(),
        column.max(),
        column.source(),
        column.use());
  }
}
