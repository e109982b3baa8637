package io.caracal.trainer.network;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.caracal.trainer.TrainerException;
import io.caracal.trainer.onnx.OnnxGraph;
import org.bytedeco.pytorch.Tensor;

/**
 * Turns a sequence of packets into as many vectors, each of which knows its surroundings. Its
 * weights are named {@code encoder.*}, so that they can be carried from one network to another.
 */
public interface PacketEncoder {
  /** Prefix of the names of its weights. */
  String PREFIX = "encoder.";

  /** Values per packet that come out. */
  int width();

  /**
   * Encodes a batch.
   *
   * @param values normalised packets, (N, T, C), zero where there is none
   * @param mask 1 where there is a packet, (N, T, 1)
   * @param training whether dropout applies
   * @return (N, T, width), zero where there is no packet
   */
  Tensor encode(Tensor values, Tensor mask, boolean training);

  /** The same in a graph. */
  String encode(OnnxGraph graph, PacketColumns.Nodes packets);

  /** Hyper-parameters of an encoder. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = ConvolutionEncoder.Settings.class, name = "convolution"),
    @JsonSubTypes.Type(value = TransformerEncoder.Settings.class, name = "transformer"),
    @JsonSubTypes.Type(value = LstmEncoder.Settings.class, name = "lstm")
  })
  sealed interface Settings
      permits ConvolutionEncoder.Settings, TransformerEncoder.Settings, LstmEncoder.Settings {
    /**
     * Makes an encoder with random weights.
     *
     * @param parameters where they are put
     * @param packets what it reads
     * @param causal whether a packet must know only those before it
     * @throws TrainerException if this kind of encoder cannot do so
     */
    PacketEncoder make(Parameters parameters, PacketColumns packets, boolean causal);
  }
}
