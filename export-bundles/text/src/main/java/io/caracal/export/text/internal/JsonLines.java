package io.caracal.export.text.internal;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowField;
import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowSummary;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * One JSON object per line: the fields of a flow, then one member per view. A flat view is an
 * object by column, one of several dimensions nested arrays of its shape.
 */
final class JsonLines implements FlowOutput {
  private final TextFile file;
  private final Times times = new Times("uuuu-MM-dd'T'HH:mm:ss");
  private final List<Member> views;

  /** A view and the texts before its values. */
  private record Member(ViewDescription view, String name, List<String> columns) {
    static Member of(ViewDescription view) {
      return new Member(
          view,
          "," + quoted(view.name()) + ":",
          view.columnNames().stream().map(column -> quoted(column) + ":").toList());
    }

    private static String quoted(String text) {
      return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }

    boolean flat() {
      return view.shape().size() == 1;
    }
  }

  JsonLines(String path, List<View> views) throws IOException {
    this.views = views.stream().map(view -> Member.of(view.description())).toList();
    file = new TextFile(path);
  }

  @Override
  public void write(FlowBatch batch) throws IOException {
    StringBuilder line = file.text();
    for (int row = 0; row < batch.size(); row++) {
      line.append('{');
      fields(line, batch.flow(row));
      for (Member member : views) {
        FloatBuffer values = batch.view(member.view.name());
        int from = row * member.view.width();
        line.append(member.name);
        if (member.flat()) {
          object(line, member, values, from);
        } else {
          array(line, member.view.shape(), values, from, member.view.width());
        }
      }
      line.append('}');
      file.endLine();
    }
  }

  private void fields(StringBuilder line, FlowSummary flow) {
    for (FlowField field : FlowField.values()) {
      line.append(field.ordinal() == 0 ? "\"" : ",\"").append(field.key()).append("\":");
      switch (field.type()) {
        case NUMBER -> line.append(field.number(flow));
        case TEXT -> line.append('"').append(field.text(flow)).append('"');
        case TIME -> {
          line.append('"');
          times.nanos(line, field.number(flow));
          line.append("Z\"");
        }
      }
    }
  }

  private static void object(StringBuilder line, Member member, FloatBuffer values, int from) {
    line.append('{');
    for (int column = 0; column < member.view.width(); column++) {
      line.append(column == 0 ? "" : ",").append(member.columns.get(column));
      number(line, values.get(from + column));
    }
    line.append('}');
  }

  private static void array(
      StringBuilder line, List<Integer> shape, FloatBuffer values, int from, int width) {
    if (shape.isEmpty()) {
      number(line, values.get(from));
      return;
    }
    int step = width / shape.getFirst();
    line.append('[');
    for (int index = 0; index < shape.getFirst(); index++) {
      line.append(index == 0 ? "" : ",");
      array(line, shape.subList(1, shape.size()), values, from + index * step, step);
    }
    line.append(']');
  }

  /** JSON has no NaN and no infinity. */
  private static void number(StringBuilder line, float value) {
    if (Float.isFinite(value)) {
      Values.append(line, value);
    } else {
      line.append("null");
    }
  }

  @Override
  public void flush() throws IOException {
    file.flush();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
