package io.caracal.core.internal.capture;

/**
 * An interface as the operator names it.
 *
 * @param source the source to capture with, or {@value #AUTO}
 * @param name the interface
 */
public record InterfaceName(String source, String name) {
  /** The best source there is. */
  public static final String AUTO = "auto";

  private static final String SEPARATOR = "::";

  /**
   * Reads {@code INTERFACE} or {@code SOURCE::INTERFACE}.
   *
   * @param otherwise the source where none is named
   */
  public static InterfaceName parse(String text, String otherwise) {
    int at = text.indexOf(SEPARATOR);
    return at < 0
        ? new InterfaceName(otherwise, text)
        : new InterfaceName(text.substring(0, at), text.substring(at + SEPARATOR.length()));
  }

  boolean allows(String sourceName) {
    return source.equals(AUTO) || source.equals(sourceName);
  }
}
