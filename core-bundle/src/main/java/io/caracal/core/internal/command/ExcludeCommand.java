package io.caracal.core.internal.command;

import io.caracal.api.alert.Exclusion;
import io.caracal.api.alert.ExclusionScope;
import io.caracal.api.alert.ExclusionStore;
import io.caracal.core.internal.exclusion.ExclusionIndex;
import io.caracal.core.internal.exclusion.HomeNetworks;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToIntFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Manages what the operator does not want alerts about. Options: {@code action} (add, list, test or
 * remove), the scope as {@link ScopeOptions} reads it, {@code comment}, {@code author}, {@code
 * expires} and {@code since} (a number with s, m, h or d), {@code force}, {@code id} (list).
 */
@Component(service = ToIntFunction.class, property = Command.NAME + "=exclude")
public final class ExcludeCommand extends Command {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Parts parts;

  /** Exclusions in the folder of what the sensor remembers. */
  @Activate
  public ExcludeCommand(@Reference Parts parts) {
    this.parts = parts;
  }

  @Override
  int run(Options options) throws IOException {
    try (ExclusionStore store = parts.openExclusions()) {
      return switch (options.text("action", "")) {
        case "add" -> add(options, store);
        case "test" -> test(options, store);
        case "remove" -> remove(options, store);
        default -> list(store);
      };
    }
  }

  private static int add(Options options, ExclusionStore store) throws IOException {
    ExclusionScope scope = ScopeOptions.read(options);
    if (scope.everything() && !options.flag("force")) {
      throw new Failure(
          "this would exclude every flow, so that there are no alerts any more; narrow it down, or"
              + " say --force");
    }
    long now = System.currentTimeMillis();
    String expires = options.text("expires", "");
    for (Exclusion other : store.all()) {
      if (!other.expired(now)) {
        tell(scope, other);
      }
    }
    long id =
        store.add(
            new Exclusion(
                0,
                scope,
                options.text("comment", ""),
                options.text("author", ""),
                now,
                expires.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(now + ScopeOptions.duration("--expires", expires).toMillis()),
                0,
                OptionalLong.empty()));
    System.out.println("exclusion " + id + ": " + scope + "; a running sensor takes it up at once");
    return 0;
  }

  private static void tell(ExclusionScope scope, Exclusion other) {
    String which = "exclusion " + other.id() + " (" + other.scope() + ")";
    if (other.scope().contains(scope)) {
      System.out.println("note: " + which + " covers all of this already");
    } else if (scope.contains(other.scope())) {
      System.out.println("note: this covers all of " + which);
    } else if (scope.meets(other.scope())) {
      System.out.println("note: this overlaps " + which);
    }
  }

  private static int list(ExclusionStore store) throws IOException {
    List<Exclusion> all = store.all();
    if (all.isEmpty()) {
      System.out.println("there are no exclusions");
    }
    all.forEach(exclusion -> System.out.println(ExclusionText.of(exclusion)));
    return 0;
  }

  private static int remove(Options options, ExclusionStore store) throws IOException {
    int missing = 0;
    for (long id : ScopeOptions.ids(options)) {
      if (store.remove(id)) {
        System.out.println("exclusion " + id + " is removed");
      } else {
        System.err.println("caracal: there is no exclusion " + id + "; see caracal exclude list");
        missing++;
      }
    }
    return missing == 0 ? 0 : 1;
  }

  /** Tries a new one, or one that is there. */
  private int test(Options options, ExclusionStore store) throws IOException {
    List<Long> ids = ScopeOptions.ids(options);
    ExclusionScope scope =
        ids.isEmpty() ? ScopeOptions.read(options) : stored(store, ids.getFirst());
    String since = options.text("since", "7d");
    long from =
        since.equals("all")
            ? Long.MIN_VALUE
            : (System.currentTimeMillis() - ScopeOptions.duration("--since", since).toMillis())
                * NANOS_PER_MILLI;
    Exclusion candidate =
        new Exclusion(1, scope, "", "", 0, OptionalLong.empty(), 0, OptionalLong.empty());
    ExclusionTrial trial =
        ExclusionTrial.of(
            store, new ExclusionIndex(List.of(candidate), HomeNetworks.of(parts.settings)), from);
    System.out.print(trial.text(scope));
    trial.warning().ifPresent(System.err::println);
    return 0;
  }

  private static ExclusionScope stored(ExclusionStore store, long id) throws IOException {
    return store.all().stream()
        .filter(exclusion -> exclusion.id() == id)
        .findFirst()
        .orElseThrow(
            () -> new Failure("there is no exclusion " + id + "; see caracal exclude list"))
        .scope();
  }
}
