package io.caracal.trainer.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A plot as inline SVG: a frame with two axes, and lines or bars in it. Colours are classes. */
final class Plot {
  private static final int LEFT = 56;
  private static final int TOP = 12;
  private static final int BOTTOM = 46;
  private static final int RIGHT = 26;
  private static final int CHARACTER = 7;

  private final Markup out;
  private final int width;
  private final int height;
  private final Axis x;
  private final Axis y;

  private Plot(Markup out, int width, int height, Axis x, Axis y) {
    this.out = out;
    this.width = width;
    this.height = height;
    this.x = x;
    this.y = y;
  }

  /** Begins a plot; it is complete after {@link #end}. */
  static Plot begin(Markup out, String title, int width, int height, Axis x, Axis y) {
    int wide = LEFT + width + RIGHT;
    int high = TOP + height + BOTTOM;
    out.open(
        "svg",
        "viewBox",
        "0 0 " + wide + " " + high,
        "width",
        Integer.toString(wide),
        "role",
        "img",
        "aria-label",
        title);
    Plot plot = new Plot(out, width, height, x, y);
    plot.frame();
    return plot;
  }

  private void frame() {
    out.empty(
        "rect",
        "class",
        "frame",
        "x",
        px(LEFT),
        "y",
        px(TOP),
        "width",
        px(width),
        "height",
        px(height));
    double lastLabel = Double.NEGATIVE_INFINITY;
    for (Axis.Tick tick : x.ticks()) {
      double at = across(tick.at());
      out.empty(
          "line",
          "class",
          "grid",
          "x1",
          px(at),
          "x2",
          px(at),
          "y1",
          px(TOP),
          "y2",
          px(TOP + height));
      double half = tick.text().length() * CHARACTER / 2.0;
      if (at - half > lastLabel) {
        label(tick.text(), at, TOP + height + 16, "middle");
        lastLabel = at + half;
      }
    }
    for (Axis.Tick tick : y.ticks()) {
      double at = down(tick.at());
      out.empty(
          "line",
          "class",
          "grid",
          "x1",
          px(LEFT),
          "x2",
          px(LEFT + width),
          "y1",
          px(at),
          "y2",
          px(at));
      label(tick.text(), LEFT - 6, at + 4, "end");
    }
    label(x.title(), LEFT + width / 2.0, TOP + height + 36, "middle");
    out.element(
        "text",
        y.title(),
        "text-anchor",
        "middle",
        "transform",
        "translate(14 " + px(TOP + height / 2.0) + ") rotate(-90)");
    out.line();
  }

  private void label(String text, double x, double y, String anchor) {
    out.element("text", text, "x", px(x), "y", px(y), "text-anchor", anchor);
  }

  /** A line through points given as arrays of two. */
  Plot line(JsonNode points, String style, String title) {
    List<String> path = new ArrayList<>();
    for (JsonNode point : points) {
      path.add(px(across(point.get(0).asDouble())) + "," + px(down(point.get(1).asDouble())));
    }
    out.open("polyline", "class", "line " + style, "points", String.join(" ", path));
    out.element("title", title).close().line();
    return this;
  }

  /** A round mark. */
  Plot dot(double x, double y, String style, String title) {
    out.open("circle", "class", style, "cx", px(across(x)), "cy", px(down(y)), "r", "4");
    out.element("title", title).close();
    return this;
  }

  /** Bars of equal width over the whole of the abscissa. */
  Plot bars(List<Double> heights, String style, String title) {
    double each = (double) width / heights.size();
    for (int i = 0; i < heights.size(); i++) {
      double top = down(heights.get(i));
      if (heights.get(i) > 0) {
        out.open(
            "rect",
            "class",
            "bar " + style,
            "x",
            px(LEFT + i * each),
            "y",
            px(top),
            "width",
            px(each),
            "height",
            px(TOP + height - top));
        out.element("title", title + ": " + Cell.share(heights.get(i))).close();
      }
    }
    out.line();
    return this;
  }

  /** A line from the bottom to the top. */
  Plot upright(double at, String style) {
    out.empty(
        "line",
        "class",
        style,
        "x1",
        px(across(at)),
        "x2",
        px(across(at)),
        "y1",
        px(TOP),
        "y2",
        px(TOP + height));
    return this;
  }

  void end() {
    out.close("svg");
  }

  private double across(double value) {
    return LEFT + x.place(value) * width;
  }

  private double down(double value) {
    return TOP + (1 - y.place(value)) * height;
  }

  private static String px(double value) {
    return Markup.number(value);
  }
}
