package io.caracal.core.internal.flowlog;

import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import io.caracal.api.flow.ViewDescription.Column;
import java.util.List;

/** What the ensemble said of a flow, as a view of the log alone. */
enum Judgement implements View {
  /** The only one. */
  VIEW;

  /** In place of a probability where nothing judged the flow. */
  static final float NONE = -1;

  private static final ViewDescription DESCRIPTION =
      new ViewDescription(
          "judgement",
          "1.0",
          List.of(1),
          List.of(
              new Column(
                  "probability", "ratio", "Probability of an attack; -1 if nothing judged it.")));

  @Override
  public ViewDescription description() {
    return DESCRIPTION;
  }
}
