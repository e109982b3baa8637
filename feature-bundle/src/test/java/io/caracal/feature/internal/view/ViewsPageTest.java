package io.caracal.feature.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.flow.FeatureView;
import io.caracal.api.flow.ViewDescription;
import io.caracal.api.flow.ViewDescription.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page about the views is their descriptions, nothing else. */
class ViewsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "views.md");
  private static final List<FeatureView> VIEWS = List.of(new CicView(), new PacketsView());
  private static final String HEAD =
      """
      # Feature views

      Generated from the views' descriptions; a test fails when this page is behind. To rewrite it:
      `mvn -pl feature-bundle test -Dtest=ViewsPageTest -Dcaracal.docs=write`

      A view turns a flow record into a row of float32 columns, always finite. A model names the view, its version and
      all its columns, and is refused where they differ. Forward is the direction of the flow's first packet, unless that is a
      SYN+ACK: then its sender is the responder. Lengths are bytes after the transport header.
      """;

  @Test
  void thePageIsUpToDate() throws IOException {
    String page = HEAD + VIEWS.stream().map(ViewsPageTest::section).collect(Collectors.joining());
    if (System.getProperty("caracal.docs", "check").equals("write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).as("docs/views.md; rewrite it with -Dcaracal.docs=write").hasContent(page);
  }

  private static String section(FeatureView view) {
    ViewDescription description = view.description();
    List<Integer> shape = description.shape();
    String rows =
        shape.size() == 1
            ? table(description.columns())
            : "Column `pNN.field` belongs to packet NN, counted from 00.\n\n"
                + table(fieldsOfOnePacket(description));
    return "\n## %s %s, shape %s\n\n%s"
        .formatted(description.name(), description.version(), shape, rows);
  }

  /** Packet 0 stands for all: the others differ in their number only. */
  private static List<Column> fieldsOfOnePacket(ViewDescription description) {
    int fields = description.shape().get(1);
    List<Column> columns = description.columns();
    for (int i = 0; i < columns.size(); i++) {
      Column first = columns.get(i % fields);
      String name = first.name().replace("p00", "p%02d".formatted(i / fields));
      assertThat(columns.get(i)).isEqualTo(new Column(name, first.unit(), first.meaning()));
    }
    return columns.subList(0, fields).stream()
        .map(c -> new Column(c.name().replace("p00", "pNN"), c.unit(), c.meaning()))
        .toList();
  }

  private static String table(List<Column> columns) {
    return columns.stream()
        .map(c -> "| `%s` | %s | %s |\n".formatted(c.name(), c.unit(), c.meaning()))
        .collect(Collectors.joining("", "| column | unit | meaning |\n|---|---|---|\n", ""));
  }
}
