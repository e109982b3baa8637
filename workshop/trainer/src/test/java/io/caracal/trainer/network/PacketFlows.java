package io.caracal.trainer.network;

import io.caracal.trainer.rows.InputLayout;
import io.caracal.trainer.rows.Layouts;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Made-up flows: packets of every number up to the longest, and a few flat columns. */
final class PacketFlows {
  static final int LENGTH = 32;
  static final int FLAT = 6;

  private static final List<String> CHANNELS =
      List.of("size", "log_iat", "direction", "syn", "fin_rst", "psh", "window", "header_length");

  static final InputLayout LAYOUT =
      Layouts.of(
          new InputLayout.Input(
              "packets",
              "1.0",
              List.of(LENGTH, CHANNELS.size()),
              0,
              IntStream.range(0, LENGTH * CHANNELS.size())
                  .mapToObj(
                      i -> "p" + i / CHANNELS.size() + "." + CHANNELS.get(i % CHANNELS.size()))
                  .toList(),
              List.of()),
          Layouts.flat("host", FLAT));

  private PacketFlows() {}

  /** Raw rows; those of 31 and 32 are equal, that of 0 has one packet, that of 64 none. */
  static float[] rows(int count, long seed) {
    Random random = new Random(seed);
    int width = LAYOUT.width();
    float[] rows = new float[count * width];
    for (int row = 0; row < count; row++) {
      int packets = row == 64 ? 0 : 1 + row % LENGTH;
      for (int packet = 0; packet < packets; packet++) {
        packet(rows, row * width + packet * CHANNELS.size(), packet, random);
      }
      for (int c = 0; c < FLAT; c++) {
        rows[(row + 1) * width - FLAT + c] = (float) Math.exp(3 * random.nextGaussian());
      }
    }
    if (count > 32) {
      System.arraycopy(rows, 31 * width, rows, 32 * width, width);
    }
    return rows;
  }

  private static void packet(float[] rows, int at, int packet, Random random) {
    int direction = random.nextBoolean() ? 1 : -1;
    rows[at] = direction * (float) random.nextInt(1460);
    rows[at + 1] = packet == 0 ? 0 : (float) Math.log1p(Math.exp(8 * random.nextDouble()));
    rows[at + 2] = direction;
    rows[at + 3] = packet == 0 ? 1 : 0;
    rows[at + 5] = random.nextInt(2);
    rows[at + 6] = (float) Math.log1p(random.nextInt(65_536));
    rows[at + 7] = 32;
  }

  static PacketColumns packets(float[] rows) {
    return PacketColumns.fit(LAYOUT, rows, 6);
  }

  static FlatColumns flat(float[] rows) {
    int first = LAYOUT.width() - FLAT;
    return FlatColumns.fit(LAYOUT, IntStream.range(first, first + FLAT).toArray(), rows, 6);
  }

  /** A classifier with random weights. */
  static SequenceClassifier classifier(
      float[] rows, PacketEncoder.Settings encoder, int attackClasses, long seed) {
    return new SequenceClassifier(
        LAYOUT,
        packets(rows),
        flat(rows),
        encoder,
        new SequenceClassifier.Settings(8, 16, 0.1, 0.01, 0.1, 0.1, 0.1),
        attackClasses,
        seed);
  }
}
