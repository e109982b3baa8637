package io.caracal.alert.terminal.internal;

/** One line of text that knows how much room is left. Colours take no room. */
final class Line {
  /** Columns of a line. */
  static final int WIDTH = 100;

  private final boolean coloured;
  private final StringBuilder text = new StringBuilder();
  private int width;

  Line(boolean coloured) {
    this.coloured = coloured;
  }

  Line add(Ink ink, String piece) {
    text.append(coloured ? ink.paint(piece) : piece);
    width += piece.length();
    return this;
  }

  Line add(String piece) {
    return add(Ink.PLAIN, piece);
  }

  int room() {
    return WIDTH - width;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
