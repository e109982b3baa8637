package io.caracal.core.internal.command;

import io.caracal.api.alert.ExclusionScope;
import io.caracal.api.alert.ExclusionScope.Direction;
import io.caracal.api.alert.ExclusionScope.Ports;
import io.caracal.api.flow.AddressBlock;
import io.caracal.core.internal.command.Command.Options;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads what an exclusion covers: {@code detector}, {@code class}, {@code source}, {@code
 * destination}, {@code port}, {@code direction} and {@code vlan}.
 */
final class ScopeOptions {
  private static final int MOST_VLAN = 4094;

  private ScopeOptions() {}

  static ExclusionScope read(Options options) {
    return new ExclusionScope(
        options.text("detector", ""),
        options.text("class", ""),
        given(options, "source", AddressBlock::of),
        given(options, "destination", AddressBlock::of),
        given(options, "port", Ports::of),
        given(options, "direction", ScopeOptions::direction),
        given(options, "vlan", ScopeOptions::vlan)
            .map(OptionalInt::of)
            .orElse(OptionalInt.empty()));
  }

  private static <T> Optional<T> given(Options options, String name, Function<String, T> reader) {
    String text = options.text(name, "");
    return text.isEmpty() ? Optional.empty() : Optional.of(reader.apply(text));
  }

  private static Direction direction(String text) {
    return Arrays.stream(Direction.values())
        .filter(direction -> direction.key().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new Failure(
                    "'"
                        + text
                        + "' is no direction; it is one of "
                        + Arrays.stream(Direction.values())
                            .map(Direction::key)
                            .collect(Collectors.joining(", "))));
  }

  private static int vlan(String text) {
    int id = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    if (id < 1 || id > MOST_VLAN) {
      throw new Failure("'" + text + "' is no VLAN id; it is a number from 1 to " + MOST_VLAN);
    }
    return id;
  }

  static List<Long> ids(Options options) {
    return options.texts("id").stream()
        .map(
            text -> {
              if (!text.matches("[0-9]{1,18}")) {
                throw new Failure(
                    "'" + text + "' is no number of an exclusion; see caracal exclude list");
              }
              return Long.valueOf(text);
            })
        .toList();
  }

  static Duration duration(String option, String text) {
    if (!text.matches("[1-9][0-9]{0,5}[smhd]")) {
      throw new Failure(
          option + " is '" + text + "' but must be a number with s, m, h or d, such as 30d");
    }
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(number);
      case 'm' -> Duration.ofMinutes(number);
      case 'h' -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
