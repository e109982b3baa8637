package io.caracal.feature.internal.graph;

import static io.caracal.feature.internal.graph.Nodes.MINUTE;
import static io.caracal.feature.internal.graph.Nodes.NEIGHBOURS;
import static io.caracal.feature.internal.graph.Nodes.OF_NEIGHBOUR;
import static io.caracal.feature.internal.graph.Nodes.OF_NODE;
import static io.caracal.feature.internal.graph.Nodes.TEN_MINUTES;
import static io.caracal.feature.internal.view.Quantity.COUNT;
import static io.caracal.feature.internal.view.Quantity.FLAG;
import static io.caracal.feature.internal.view.Quantity.KIBIBYTES;

import io.caracal.feature.internal.view.Quantity;
import io.caracal.feature.internal.view.Row;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The columns of one end of a flow: its own sums, then those of each neighbour. Written down for
 * the source, see {@link Row#reading}.
 */
final class Columns {
  /** One column as a row is told of it. */
  private record Column(String name, Quantity quantity, String meaning) {}

  /**
   * A sum of a host, over one time or another.
   *
   * @param meaning in which the host and the time are filled in
   */
  private record Sum(String name, Quantity quantity, String meaning) {
    Column of(String prefix, String host, int seconds) {
      String column = "src." + prefix + name + '_' + seconds + 's';
      return new Column(column, quantity, meaning.formatted(host, seconds));
    }
  }

  /** In the order of the sums of {@link Nodes}. */
  private static final List<Sum> SUMS =
      List.of(
          new Sum("started", COUNT, "Flows that %s started, fading over %d s."),
          new Sum("asked", COUNT, "Flows that others started to %s, fading over %d s."),
          new Sum(
              "servers",
              COUNT,
              "Flows that %s started to hosts to which it had started none while they were among"
                  + " the four that it met last, fading over %d s."),
          new Sum(
              "clients",
              COUNT,
              "Flows to %s from hosts that had started none to it while it was among the four that"
                  + " they met last, fading over %d s."),
          new Sum(
              "failed",
              COUNT,
              "Flows that %s started and that ended without an answer, fading over %d s."),
          new Sum("refused", COUNT, "Flows to %s that ended without an answer, fading over %d s."),
          new Sum(
              "sent", KIBIBYTES, "IP bytes that %s sent in flows that ended, fading over %d s."),
          new Sum(
              "received",
              KIBIBYTES,
              "IP bytes that %s received in flows that ended, fading over %d s."));

  /** In the order of the sums of edges of {@link Nodes}. */
  private static final List<Sum> BETWEEN =
      List.of(
          new Sum(
              "to", COUNT, "Flows from the source host to %s, while it was one, fading over %d s."),
          new Sum(
              "from",
              COUNT,
              "Flows from %s to the source host, while it was one, fading over %d s."),
          new Sum(
              "in_vain",
              COUNT,
              "Flows between the source host and %s that ended without an answer, fading over"
                  + " %d s."),
          new Sum(
              "bytes",
              KIBIBYTES,
              "IP bytes of the ended flows between the source host and %s, fading over %d s."));

  private static final List<Column> OWN = own(60);
  private static final List<Column> OWN_LONG = own(600);

  private static List<Column> own(int seconds) {
    return SUMS.stream().map(sum -> sum.of("", "the source host", seconds)).toList();
  }

  /** The columns of one of the neighbours, the four hosts that the host met last. */
  private record Place(Column present, List<Column> sums, List<Column> between) {
    static Place of(int place) {
      String prefix = "n" + place + '.';
      String host = "neighbour " + place + " of the source host";
      return new Place(
          new Column("src." + prefix + "present", FLAG, "Whether there is a " + host + '.'),
          SUMS.stream().map(sum -> sum.of(prefix, host, 600)).toList(),
          BETWEEN.stream().map(sum -> sum.of(prefix, host, 600)).toList());
    }
  }

  private static final List<Place> PLACES =
      IntStream.range(0, NEIGHBOURS).mapToObj(Place::of).toList();

  private final Nodes nodes;

  Columns(Nodes nodes) {
    this.nodes = nodes;
  }

  void write(int node, Row row) {
    for (int kind = 0; kind < OF_NODE; kind++) {
      put(row, OWN.get(kind), nodes.sums().sum(node, kind, MINUTE));
      put(row, OWN_LONG.get(kind), nodes.sums().sum(node, kind, TEN_MINUTES));
    }
    for (int index = 0; index < NEIGHBOURS; index++) {
      neighbour(PLACES.get(index), node * NEIGHBOURS + index, row);
    }
  }

  private void neighbour(Place columns, int place, Row row) {
    boolean known = nodes.known(place);
    row.put(columns.present.name, FLAG, columns.present.meaning, known ? 1L : 0L);
    for (int kind = 0; kind < OF_NODE; kind++) {
      float sum = known ? nodes.sums().sum(nodes.neighbour(place), kind, TEN_MINUTES) : 0;
      put(row, columns.sums.get(kind), sum);
    }
    for (int kind = 0; kind < OF_NEIGHBOUR; kind++) {
      float sum = known ? nodes.edges().sum(place, kind, TEN_MINUTES) : 0;
      put(row, columns.between.get(kind), sum);
    }
  }

  private static void put(Row row, Column column, float value) {
    row.put(column.name, column.quantity, column.meaning, (double) value);
  }
}
