package io.caracal.alert.formats.internal;

/**
 * Texts as receivers may see them. What does not print - control and format characters, so that
 * nothing runs backwards or hides, line and paragraph separators, halves of surrogate pairs -
 * becomes U+FFFD; line feed, carriage return and tab stay, each format has its way with them. A
 * text that is too long is cut and says by how much.
 */
final class CleanText {
  /** Longer texts are cut to this many UTF-16 units, the mark not counted. */
  static final int LONGEST = 4096;

  private static final char REPLACEMENT = '\uFFFD';

  private CleanText() {}

  static String of(String text) {
    return of(text, LONGEST);
  }

  static String of(String text, int longest) {
    if (text.length() > longest) {
      int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
      return of(text.substring(0, end), longest) + "…[" + (text.length() - end) + " more]";
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return replaced(text);
      }
    }
    return text;
  }

  private static String replaced(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().forEach(c -> clean.appendCodePoint(prints(c) ? c : REPLACEMENT));
    return clean.toString();
  }

  private static boolean prints(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c == '\n' || c == '\r' || c == '\t';
      case Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
