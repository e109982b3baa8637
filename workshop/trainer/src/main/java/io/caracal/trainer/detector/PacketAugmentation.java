package io.caracal.trainer.detector;

import io.caracal.trainer.TrainerException;
import io.caracal.trainer.network.Fit;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Varies a packet sequence as other networks and tools would: other delays, slightly other sizes, a
 * view of its beginning only, and windows that say nothing. What one testbed's clocks and TCP stack
 * write into every flow must not become the mark of an attack.
 */
final class PacketAugmentation implements Fit.Augmentation {
  private final Settings settings;
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

  PacketAugmentation(Settings settings, int length, List<String> channelNames, int minimumPackets) {
    this.settings = settings;
    this.length = length;
    this.minimumPackets = minimumPackets;
    channels = channelNames.size();
    size = channel(channelNames, "size");
    interval = channel(channelNames, "log_iat");
    direction = channel(channelNames, "direction");
    window = channel(channelNames, "window");
  }

  static int channel(List<String> names, String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new TrainerException("the packet view has no channel " + name + ", only " + names);
    }
    return index;
  }

  @Override
  public void apply(float[] rows, int offset, Random random) {
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
