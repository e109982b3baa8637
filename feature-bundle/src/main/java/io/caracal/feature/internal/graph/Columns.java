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
  private record Sum(String name, String longer, Quantity quantity, String meaning) {
    static Sum of(String name, Quantity quantity, String meaning) {
      return new Sum("src." + name + "_60s", "src." + name + "_600s", quantity, meaning);
    }

    /** The same of a neighbour, over ten minutes. */
    Sum at(int place) {
      return new Sum(longer.replace("src.", "src.n" + place + "."), "", quantity, NEIGHBOURS_SUM);
    }
  }

  private static final String NEIGHBOURS_SUM = "The same sum of that host, over 600 s.";

  /** In the order of the sums of {@link Nodes}. */
  private static final List<Sum> OWN =
      List.of(
          Sum.of("started", COUNT, "Flows that the source host started, fading over 60 s."),
          Sum.of("asked", COUNT, "Flows that others started to the source host."),
          Sum.of(
              "servers",
              COUNT,
              "Of the flows that it started those to hosts to which it had started none while"
                  + " they were among the four that it met last."),
          Sum.of("clients", COUNT, "Of the flows to it those from such hosts."),
          Sum.of("failed", COUNT, "Flows that it started and that ended without an answer."),
          Sum.of("refused", COUNT, "Flows to it that ended without an answer."),
          Sum.of("sent", KIBIBYTES, "IP bytes that it sent in flows that ended."),
          Sum.of("received", KIBIBYTES, "IP bytes that it received in them."));

  private static final List<String> BETWEEN = List.of("to", "from", "in_vain", "bytes");

  private static final List<String> BETWEEN_MEANINGS =
      List.of(
          "Flows from the source host to that host, while it was among the four, fading over"
              + " 600 s.",
          "Flows from that host.",
          "Those of both that ended without an answer.",
          "IP bytes of both that ended.");

  /** One name for each place. */
  private record Place(String present, List<Sum> sums, List<String> between) {
    static Place of(int place) {
      String prefix = "src.n" + place + ".";
      return new Place(
          prefix + "present",
          OWN.stream().map(sum -> sum.at(place)).toList(),
          BETWEEN.stream().map(name -> prefix + name + "_600s").toList());
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
      Sum sum = OWN.get(kind);
      row.put(sum.name, sum.quantity, sum.meaning, (double) nodes.sums().sum(node, kind, MINUTE));
      row.put(
          sum.longer,
          sum.quantity,
          "The same over 600 s.",
          (double) nodes.sums().sum(node, kind, TEN_MINUTES));
    }
    for (int index = 0; index < NEIGHBOURS; index++) {
      neighbour(PLACES.get(index), node * NEIGHBOURS + index, row);
    }
  }

  private void neighbour(Place names, int place, Row row) {
    boolean known = nodes.known(place);
    row.put(
        names.present,
        FLAG,
        "Whether the place of a host that the source host met lately is taken.",
        known ? 1L : 0L);
    for (int kind = 0; kind < OF_NODE; kind++) {
      Sum sum = names.sums.get(kind);
      row.put(
          sum.name,
          sum.quantity,
          sum.meaning,
          known ? (double) nodes.sums().sum(nodes.neighbour(place), kind, TEN_MINUTES) : 0.0);
    }
    for (int kind = 0; kind < OF_NEIGHBOUR; kind++) {
      row.put(
          names.between.get(kind),
          kind == Nodes.BYTES ? KIBIBYTES : COUNT,
          BETWEEN_MEANINGS.get(kind),
          known ? (double) nodes.edges().sum(place, kind, TEN_MINUTES) : 0.0);
    }
  }
}
