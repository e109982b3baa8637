package io.caracal.trainer.truth;

import io.caracal.trainer.TrainerException;
import io.caracal.trainer.rows.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a capture as a whole.
 *
 * @param capture path below the folder of the table
 * @param label {@code benign} or the kind of attack
 * @param family what exactly
 * @param scope for which flows the label holds
 * @param attacker whose flows those are, for {@link Scope#MATCH}
 */
public record CaptureLabel(
    String capture, String label, String family, Scope scope, Optional<Address> attacker) {
  private static final List<String> COLUMNS =
      List.of("pcap", "label", "family", "scope", "attacker_ip");

  /** For which flows of a capture a label holds. */
  public enum Scope {
    /** For every flow. */
    ALL,
    /** For every flow of the attacker. */
    MATCH,
    /** For some flow: only the capture as a whole can be judged. */
    CONTAINS
  }

  /** Whether the capture holds no attack. */
  public boolean benign() {
    return label.equals(TruthFlow.BENIGN);
  }

  /**
   * Whether a flow is what the label says.
   *
   * @param source one end
   * @param destination the other end
   * @return false too where that cannot be known
   */
  public boolean holdsFor(Address source, Address destination) {
    return switch (scope) {
      case ALL -> true;
      case MATCH -> attacker.filter(a -> a.equals(source) || a.equals(destination)).isPresent();
      case CONTAINS -> false;
    };
  }

  /**
   * Reads a table of captures, TSV with a header. Rows of the scope {@code none}, of which nothing
   * is known, are passed over.
   *
   * @param file the table
   * @return its rows
   * @throws TrainerException if it cannot be read or a row is wrong
   */
  public static List<CaptureLabel> read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw TrainerException.unreadable("the table of captures", file, e);
    }
    List<String> header =
        lines.isEmpty() ? List.of() : Arrays.asList(lines.getFirst().split("\t", -1));
    for (String column : COLUMNS) {
      if (!header.contains(column)) {
        throw new TrainerException(
            file + " has no column " + column + ": give a labels.tsv as --labels");
      }
    }
    List<CaptureLabel> labels = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      List<String> cells = Arrays.asList(lines.get(i).split("\t", -1));
      try {
        row(cells, header).ifPresent(labels::add);
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new TrainerException(
            file + " line " + (i + 1) + " labels no capture: " + e.getMessage(), e);
      }
    }
    return labels;
  }

  private static Optional<CaptureLabel> row(List<String> cells, List<String> header) {
    String[] values = new String[COLUMNS.size()];
    Arrays.setAll(values, i -> cells.get(header.indexOf(COLUMNS.get(i))));
    Scope scope;
    switch (values[3]) {
      case "all" -> scope = Scope.ALL;
      case "match" -> scope = Scope.MATCH;
      case "contains" -> scope = Scope.CONTAINS;
      case "none" -> {
        return Optional.empty();
      }
      default ->
          throw new IllegalArgumentException(
              "the scope is all, match, contains or none, not " + values[3]);
    }
    Optional<Address> attacker =
        scope == Scope.MATCH ? Optional.of(Address.parse(values[4])) : Optional.empty();
    return Optional.of(new CaptureLabel(values[0], values[1], values[2], scope, attacker));
  }
}
