package io.caracal.trainer.network;

import java.util.SortedMap;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Teaches an encoder of packets without labels: some packets of a flow are hidden, and it must say
 * from the others what they were, as language models learn from hidden words (Devlin et al. 2019).
 */
public final class MaskedPackets implements Trainable {
  private final int width;
  private final PacketColumns packets;
  private final double hidden;
  private final Parameters parameters;
  private final PacketEncoder encoder;

  /**
   * A network with random weights.
   *
   * @param width floats per raw row
   * @param packets the packets in it
   * @param encoder makes the encoder to be taught
   * @param hidden share of the packets that are hidden
   * @param seed of the weights
   */
  public MaskedPackets(
      int width, PacketColumns packets, PacketEncoder.Settings encoder, double hidden, long seed) {
    this.width = width;
    this.packets = packets;
    this.hidden = hidden;
    parameters = new Parameters(seed);
    this.encoder = encoder.make(parameters, packets, false);
    int channels = packets.channels().size();
    parameters.table("hidden", 0.1, 1, 1, channels);
    parameters.layer("head", channels, this.encoder.width());
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  /** The encoder's weights, by their names. */
  public SortedMap<String, float[]> encoder() {
    SortedMap<String, float[]> weights = new TreeMap<>(parameters.snapshot());
    weights.keySet().removeIf(name -> !name.startsWith(PacketEncoder.PREFIX));
    return weights;
  }

  @Override
  public Tensor loss(Tensor rows, long[] targets, boolean training) {
    Tensor mask = packets.mask(rows);
    Tensor values = packets.values(rows);
    Tensor chosen = torch.bernoulli(torch.ones_like(mask), hidden).mul(mask);
    Tensor seen = values.sub(values.mul(chosen)).add(parameters.table("hidden").mul(chosen));
    Tensor guessed = Layers.dense(parameters, "head", encoder.encode(seen, mask, training));
    Tensor error = Layers.huber(guessed.sub(values)).mean(2).unsqueeze(2).mul(chosen);
    return error.sum().div(chosen.sum().clamp_min(Tensors.scalar(1)));
  }
}
