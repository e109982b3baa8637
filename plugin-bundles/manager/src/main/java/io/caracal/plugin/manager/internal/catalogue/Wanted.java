package io.caracal.plugin.manager.internal.catalogue;

import io.caracal.plugin.manager.internal.Refusal;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * A plugin that somebody wants: {@code NAME} or {@code NAME@RANGE}.
 *
 * @param name a symbolic name, or the end of one that is unique
 * @param range versions that will do, as OSGi writes them (Core 3.2.6): {@code 1.2} is 1.2 and
 *     everything after it, {@code [1.2,2)} what is before 2, {@code [1.2,1.2]} this one
 */
public record Wanted(String name, VersionRange range) {
  private static final Pattern FORM = Pattern.compile("([A-Za-z0-9._-]+)(?:@(.+))?");

  /** Reads what a user wrote. */
  public static Wanted of(String text) throws Refusal {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new Refusal(
          "'"
              + text
              + "' names no plugin; write NAME or NAME@RANGE, such as org.acme.scan@[1.2,2)");
    }
    try {
      return new Wanted(
          form.group(1), new VersionRange(form.group(2) == null ? "0" : form.group(2)));
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          "'" + form.group(2) + "' is no range of versions; write 1.2 or [1.2,2) or [1.2,1.2]", e);
    }
  }

  /** Whether a version will do. */
  boolean takes(Version version) {
    return range.includes(version);
  }

  /**
   * The same by its whole name.
   *
   * @param known the symbolic names that there are
   */
  Wanted among(Collection<String> known) throws Refusal {
    if (known.contains(name)) {
      return this;
    }
    List<String> names = known.stream().filter(one -> one.endsWith(name)).distinct().toList();
    if (names.size() != 1) {
      throw new Refusal(
          names.isEmpty()
              ? "no plugin "
                  + name
                  + " is installed or in a catalogue; caracal plugin search names those that are"
              : name + " may be any of " + String.join(", ", names) + "; give the whole name");
    }
    return new Wanted(names.getFirst(), range);
  }

  @Override
  public String toString() {
    return range.equals(new VersionRange("0")) ? name : name + "@" + range;
  }
}
