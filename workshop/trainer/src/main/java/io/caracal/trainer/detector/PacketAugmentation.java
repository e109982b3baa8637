package io.caracal.trainer.detector;

import io.caracal.trainer.network.Fit;
import io.caracal.trainer.network.PacketColumns;
import java.util.Arrays;
import java.util.Random;

/**
 * Varies a packet sequence as other networks and tools would: other delays, slightly other sizes, a
 * view of its beginning only, and windows that say nothing. What one testbed's clocks and TCP stack
 * write into every flow must not become the mark of an attack.
 */
final class PacketAugmentation implements Fit.Augmentation {
  private final Settings settings;
  private final int begin;
  private final int length;
  private final int channels;
  private final int size;
  private final int interval;
  private final int direction;
  private final int window;
  private final int minimumPackets;

  /**
   * How much.
   *
   * @param timeScale standard deviation of the logarithm of a factor on all delays of a flow
   * @param timeJitter the same for single delays
   * @param sizeJitter largest relative change of a payload
   * @param truncate share of flows that are cut at a random packet
   * @param windowDropout share of flows whose windows are zeroed
   */
  record Settings(
      double timeScale,
      double timeJitter,
      double sizeJitter,
      double truncate,
      double windowDropout) {}

  PacketAugmentation(Settings settings, PacketColumns packets, int minimumPackets) {
    this.settings = settings;
    this.minimumPackets = minimumPackets;
    begin = packets.offset();
    length = packets.length();
    channels = packets.channels().size();
    size = packets.channel("size");
    interval = packets.channel("log_iat");
    direction = packets.channel("direction");
    window = packets.channel("window");
  }

  @Override
  public void apply(float[] rows, int row, Random random) {
    int offset = row + begin;
    int packets = 0;
    while (packets < length && rows[offset + packets * channels + direction] != 0) {
      packets++;
    }
    boolean cut = random.nextDouble() < settings.truncate() && packets > minimumPackets;
    int kept = cut ? random.nextInt(minimumPackets, packets) : packets;
    double scale = Math.exp(settings.timeScale() * random.nextGaussian());
    boolean hideWindow = random.nextDouble() < settings.windowDropout();
    for (int packet = 0; packet < packets; packet++) {
      int at = offset + packet * channels;
      if (packet >= kept) {
        Arrays.fill(rows, at, at + channels, 0);
        continue;
      }
      double micros = Math.expm1(rows[at + interval]);
      double factor = scale * Math.exp(settings.timeJitter() * random.nextGaussian());
      rows[at + interval] = (float) Math.log1p(micros * factor);
      double change = settings.sizeJitter() * (2 * random.nextDouble() - 1);
      rows[at + size] = (float) Math.rint(rows[at + size] * (1 + change));
      if (hideWindow) {
        rows[at + window] = 0;
      }
    }
  }
}
