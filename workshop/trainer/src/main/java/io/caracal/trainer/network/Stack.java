package io.caracal.trainer.network;

import java.util.List;

/**
 * Dense layers one upon another with an activation between them, none behind the last.
 *
 * @param name prefix of the layers' names
 * @param layers how many
 */
record Stack(String name, int layers) {
  /** Declares a stack of layers with these widths, the input's first. */
  static Stack of(Parameters parameters, String name, List<Integer> widths) {
    for (int layer = 0; layer + 1 < widths.size(); layer++) {
      parameters.layer(name + layer, widths.get(layer + 1), widths.get(layer));
    }
    return new Stack(name, widths.size() - 1);
  }

  /** The same without biases. */
  static Stack withoutBias(Parameters parameters, String name, List<Integer> widths) {
    for (int layer = 0; layer + 1 < widths.size(); layer++) {
      parameters.layerWithoutBias(name + layer, widths.get(layer + 1), widths.get(layer));
    }
    return new Stack(name, widths.size() - 1);
  }

  /** Applies it: (N, first width) to (N, last width). */
  <V> V apply(Operations<V> on, V x) {
    return last(on, features(on, x));
  }

  /** The last layer alone. */
  <V> V last(Operations<V> on, V features) {
    return on.dense(name + (layers - 1), features);
  }

  /** What the layer before the last puts out, activated. */
  <V> V features(Operations<V> on, V x) {
    V y = x;
    for (int layer = 0; layer < layers - 1; layer++) {
      y = on.leaky(on.dense(name + layer, y));
    }
    return y;
  }
}
