package io.caracal.feature.internal.view;

import io.caracal.api.flow.FeatureView;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import java.nio.FloatBuffer;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/**
 * The columns of CICFlowMeter with the corrections of Engelen et al.
 *
 * @see <a href="https://doi.org/10.1109/SPW53761.2021.00009">Engelen, Rimmer, Joosen 2021</a>
 */
@Component(
    service = View.class,
    property = {"name=cic", "version=1.0"})
public final class CicView implements FeatureView {
  private static final CicColumn[] COLUMNS = CicColumns.all().toArray(CicColumn[]::new);
  private static final ViewDescription DESCRIPTION =
      new ViewDescription(
          "cic",
          "1.0",
          List.of(COLUMNS.length),
          CicColumns.all().stream().map(CicColumn::documentation).toList());

  @Override
  public ViewDescription description() {
    return DESCRIPTION;
  }

  @Override
  public void write(FlowRecord flow, FloatBuffer row, int offset) {
    for (int column = 0; column < COLUMNS.length; column++) {
      row.put(offset + column, (float) COLUMNS[column].value().applyAsDouble(flow));
    }
  }
}
