package io.caracal.alert.formats.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of CEF, read as ArcSight's specification has it and no more forgivingly.
 *
 * @param header the seven fields, the first {@code CEF:0}
 * @param extension values by key
 */
record StrictCef(List<String> header, Map<String, String> extension) {
  private static final Pattern HEADER =
      Pattern.compile("([^|\\\\]*+(?:\\\\[|\\\\][^|\\\\]*+)*+)\\|");
  private static final Pattern KEY = Pattern.compile("(?:^| )([A-Za-z0-9]+)=");
  private static final Pattern VALUE =
      Pattern.compile("[^=\\\\\n\r]*+(?:\\\\[=\\\\nr][^=\\\\\n\r]*+)*+");

  static StrictCef parse(String line) {
    List<String> header = new ArrayList<>();
    Matcher field = HEADER.matcher(line);
    int end = 0;
    while (header.size() < 7) {
      assertThat(field.find() && field.start() == end).as("header of %s", line).isTrue();
      header.add(field.group(1).replaceAll("\\\\(.)", "$1"));
      end = field.end();
    }
    String rest = line.substring(end);
    Map<String, String> extension = new LinkedHashMap<>();
    Matcher key = KEY.matcher(rest);
    boolean more = key.find();
    assertThat(more && key.start() == 0).as("extension of %s", line).isTrue();
    while (more) {
      String name = key.group(1);
      int from = key.end();
      more = key.find();
      String value = rest.substring(from, more ? key.start() : rest.length());
      assertThat(VALUE.matcher(value).matches()).as("%s of %s", name, line).isTrue();
      assertThat(extension.put(name, unescape(value))).as("%s comes once", name).isNull();
    }
    return new StrictCef(header, extension);
  }

  private static String unescape(String value) {
    return Pattern.compile("\\\\(.)")
        .matcher(value)
        .replaceAll(
            escape ->
                switch (escape.group(1)) {
                  case "n" -> "\n";
                  case "r" -> "\r";
                  default -> Matcher.quoteReplacement(escape.group(1));
                });
  }
}
