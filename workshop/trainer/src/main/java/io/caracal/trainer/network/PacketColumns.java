package io.caracal.trainer.network;

import io.caracal.trainer.TrainerException;
import io.caracal.trainer.onnx.OnnxGraph;
import io.caracal.trainer.rows.InputLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The packets of flows in raw rows: (length, channels), padded with zeros behind the last packet.
 * Channels are normalised by what packets have, padding does not count and stays zero.
 */
public final class PacketColumns {
  private static final String MASK = "direction";

  private final InputLayout.Input view;
  private final List<String> channels;
  private final Normalisation normalisation;

  private PacketColumns(InputLayout.Input view, List<String> channels, Normalisation fitted) {
    this.view = view;
    this.channels = channels;
    normalisation = fitted;
  }

  /** The values and the mask of a batch in a graph, (N, T, C) and (N, T, 1). */
  record Nodes(String values, String mask) {}

  /**
   * Finds the packets among the views and fits their normalisation.
   *
   * @param layout the views, of which exactly one is of two dimensions
   * @param rows raw rows to fit to
   * @param clip bound of normalised values
   * @return the packets
   * @throws TrainerException if there is no view of packets, or one without directions
   */
  public static PacketColumns fit(InputLayout layout, float[] rows, float clip) {
    List<InputLayout.Input> views = layout.inputs().stream().filter(v -> !v.flat()).toList();
    if (views.size() != 1) {
      throw new TrainerException(
          "a model of packet sequences reads one view of packets, but the recipe's views "
              + layout.inputs().stream().map(InputLayout.Input::name).toList()
              + " have "
              + views.size());
    }
    InputLayout.Input view = views.getFirst();
    List<String> channels = channels(view);
    int mask = channel(channels, MASK);
    List<float[]> values = new ArrayList<>();
    for (int c = 0; c < channels.size(); c++) {
      values.add(ofPackets(layout.width(), view, rows, mask, c));
    }
    return new PacketColumns(view, channels, Normalisation.fit(values, clip));
  }

  private static List<String> channels(InputLayout.Input view) {
    return view.columns().subList(0, view.shape().get(1)).stream()
        .map(name -> name.substring(name.indexOf('.') + 1))
        .toList();
  }

  private static int channel(List<String> names, String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new TrainerException("the packet view has no channel " + name + ", only " + names);
    }
    return index;
  }

  private static float[] ofPackets(
      int width, InputLayout.Input view, float[] rows, int mask, int channel) {
    int channels = view.shape().get(1);
    float[] values = new float[rows.length / width * view.shape().get(0)];
    int next = 0;
    for (int row = view.offset(); row < rows.length; row += width) {
      for (int at = row; at < row + view.width(); at += channels) {
        if (rows[at + mask] != 0) {
          values[next++] = rows[at + channel];
        }
      }
    }
    return Arrays.copyOf(values, next);
  }

  /** Most packets of a row. */
  public int length() {
    return view.shape().get(0);
  }

  /** Names of the values of a packet. */
  public List<String> channels() {
    return channels;
  }

  /** Floats of a raw row that are packets. */
  public int width() {
    return view.width();
  }

  /** Where the packets begin in a raw row. */
  public int offset() {
    return view.offset();
  }

  /**
   * Index of a channel.
   *
   * @throws TrainerException if the view has none of that name
   */
  public int channel(String name) {
    return channel(channels, name);
  }

  private Tensor raw(Tensor rows) {
    return rows.narrow(1, view.offset(), view.width()).reshape(-1, length(), channels.size());
  }

  /** 1 where there is a packet, (N, T, 1). */
  Tensor mask(Tensor rows) {
    return raw(rows).narrow(2, channel(MASK), 1).abs().sign();
  }

  /** Normalised values, (N, T, C). */
  Tensor values(Tensor rows) {
    return normalisation.apply(raw(rows), 1, 1, channels.size()).mul(mask(rows));
  }

  /** The same in a graph. */
  Nodes nodes(OnnxGraph graph, String rows) {
    String part = Layers.narrow(graph, rows, 1, view.offset(), view.width());
    String raw = graph.node("Reshape", part, graph.integers(-1, length(), channels.size()));
    String direction = Layers.narrow(graph, raw, 2, channel(MASK), 1);
    String mask = graph.node("Sign", graph.node("Abs", direction));
    String values = normalisation.apply(graph, raw, 1, 1, channels.size());
    return new Nodes(graph.node("Mul", values, mask), mask);
  }
}
