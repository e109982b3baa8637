package io.caracal.trainer.truth;

import io.caracal.trainer.TrainerException;
import io.caracal.trainer.rows.Address;
import io.caracal.trainer.rows.FlowRows;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The ground truth of a capture, one flow per line of a TSV file whose first line names the
 * columns.
 *
 * @param flows the IP flows
 * @param notIp flows of other protocols, such as ARP, which a flow sensor does not see, by label
 */
public record Truth(List<TruthFlow> flows, Map<String, Integer> notIp) {
  private static final List<String> COLUMNS =
      List.of(
          "start", "end", "proto", "src", "sport", "dst", "dport", "label", "detail", "attack_id");
  private static final String IPV6_PREFIX = "ip6:";
  private static final int HOP_BY_HOP = 0;
  private static final int ICMPV6 = 58;

  /** Copies the collections. */
  public Truth {
    flows = List.copyOf(flows);
    notIp = Map.copyOf(notIp);
  }

  /**
   * Reads a truth file.
   *
   * @param file TSV, or TSV compressed by gzip if its name ends in {@code .gz}
   * @return its flows
   * @throws TrainerException if it cannot be read or a line is wrong
   */
  public static Truth read(Path file) {
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      int[] at = columns(file, reader.readLine());
      int last = Arrays.stream(at).max().orElseThrow();
      List<TruthFlow> flows = new ArrayList<>();
      Map<String, Integer> notIp = new HashMap<>();
      int number = 1;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        String[] cells = line.split("\t", -1);
        if (cells.length <= last) {
          throw new TrainerException(
              file + " line " + number + " has only " + cells.length + " cells: it is cut short");
        }
        try {
          if (isIp(cells[at[2]])) {
            flows.add(flow(cells, at));
          } else {
            notIp.merge(cells[at[7]], 1, Integer::sum);
          }
        } catch (IllegalArgumentException e) {
          throw new TrainerException(
              file + " line " + number + " is no truth flow: " + e.getMessage(), e);
        }
      }
      return new Truth(flows, notIp);
    } catch (IOException e) {
      throw TrainerException.unreadable("the truth", file, e);
    }
  }

  /**
   * The truth of traffic that is known to be benign.
   *
   * @param rows the sensor's records of it
   * @return one flow for each record
   */
  public static Truth benign(FlowRows rows) {
    List<TruthFlow> flows = new ArrayList<>();
    for (int row = 0; row < rows.count(); row++) {
      flows.add(
          new TruthFlow(
              rows.startNanos(row),
              rows.lastNanos(row),
              rows.key(row),
              TruthFlow.BENIGN,
              "attested",
              ""));
    }
    return new Truth(flows, Map.of());
  }

  private static int[] columns(Path file, @Nullable String head) {
    List<String> names = Arrays.asList(head == null ? new String[0] : head.split("\t", -1));
    return COLUMNS.stream()
        .mapToInt(
            column -> {
              int index = names.indexOf(column);
              if (index < 0) {
                throw new TrainerException(
                    file + " has no column " + column + ": give a flows.tsv as --truth");
              }
              return index;
            })
        .toArray();
  }

  /**
   * Whether a row is one of {@link #flows}.
   *
   * @param protocol its column {@code proto}
   */
  public static boolean isIp(String protocol) {
    return protocol.startsWith(IPV6_PREFIX) || protocol.chars().allMatch(Character::isDigit);
  }

  private static TruthFlow flow(String[] cells, int[] at) {
    FlowKey key =
        FlowKey.of(
            parsed(cells, at, 3, Address::parse),
            parsed(cells, at, 4, Integer::valueOf),
            parsed(cells, at, 5, Address::parse),
            parsed(cells, at, 6, Integer::valueOf),
            parsed(cells, at, 2, Truth::protocol));
    return new TruthFlow(
        parsed(cells, at, 0, Truth::nanos),
        parsed(cells, at, 1, Truth::nanos),
        key,
        cells[at[7]],
        cells[at[8]],
        cells[at[9]]);
  }

  private static <T> T parsed(String[] cells, int[] at, int column, Function<String, T> parser) {
    String text = cells[at[column]];
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "column " + COLUMNS.get(column) + " holds '" + text + "'", e);
    }
  }

  /**
   * IPv6 flows are written with their first next-header; behind hop-by-hop options stands what
   * needs them, multicast listener discovery.
   */
  private static int protocol(String text) {
    if (!text.startsWith(IPV6_PREFIX)) {
      return Integer.parseInt(text);
    }
    int nextHeader = Integer.parseInt(text.substring(IPV6_PREFIX.length()));
    return nextHeader == HOP_BY_HOP ? ICMPV6 : nextHeader;
  }

  private static long nanos(String seconds) {
    return new BigDecimal(seconds).movePointRight(9).longValue();
  }
}
