package io.caracal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;

/** What the descriptions of all views must keep. */
final class ViewContract {
  private ViewContract() {}

  static void columnsAreNamedOnceAndDocumented(View view) {
    ViewDescription description = view.description();
    assertThat(description.name()).matches("[a-z][a-z0-9-]*");
    assertThat(description.version()).matches("\\d+\\.\\d+");
    assertThat(description.columnNames()).doesNotHaveDuplicates();
    assertThat(description.columns())
        .allSatisfy(
            column -> {
              assertThat(column.name()).isNotBlank();
              assertThat(column.unit()).isNotBlank();
              assertThat(column.meaning()).isNotBlank();
              assertThat(column.min()).isLessThanOrEqualTo(column.max());
            });
    assertThat(view.description()).isEqualTo(description);
  }
}
