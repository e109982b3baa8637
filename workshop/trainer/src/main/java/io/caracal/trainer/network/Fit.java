package io.caracal.trainer.network;

import io.caracal.trainer.Progress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Fits a network by Adam with early stopping: the weights of the epoch with the least calibration
 * loss are kept. One thread and a seed make it repeatable to the byte on one kind of processor.
 */
public final class Fit {
  private static final int SCORING_BATCH = 1024;

  private final Schedule schedule;
  private final Progress progress;

  /**
   * How long and how fast.
   *
   * @param epochs most passes over the data
   * @param batch rows per step
   * @param learningRate at the start; it falls to a tenth along half a cosine
   * @param weightDecay of Adam
   * @param patience epochs without a better calibration loss before it stops
   */
  public record Schedule(
      int epochs, int batch, double learningRate, double weightDecay, int patience) {}

  /** Changes a copied raw row before it is trained on; the original stays. */
  @FunctionalInterface
  public interface Augmentation {
    /** Changes {@code width} floats from {@code offset} on. */
    void apply(float[] rows, int offset, Random random);
  }

  /** A fit by a schedule that reports its epochs. */
  public Fit(Schedule schedule, Progress progress) {
    this.schedule = schedule;
    this.progress = progress;
  }

  /**
   * Fits.
   *
   * @param network changed in place
   * @param train rows to fit to
   * @param calibration rows to stop by
   * @param augmentation applied to every training row in every epoch
   * @param seed of order, augmentation, noise and dropout
   */
  public void run(
      Network network,
      LabelledRows train,
      LabelledRows calibration,
      Augmentation augmentation,
      long seed) {
    torch.set_num_threads(1);
    torch.manual_seed(seed);
    Random random = new Random(seed);
    AdamOptions options = new AdamOptions(schedule.learningRate());
    options.weight_decay().put(schedule.weightDecay());
    Adam adam = new Adam(network.parameters().all(), options);
    int[] order = IntStream.range(0, train.count()).toArray();
    Map<String, float[]> best = network.parameters().snapshot();
    double least = Double.POSITIVE_INFINITY;
    int since = 0;
    long begin = System.nanoTime();
    for (int epoch = 1; epoch <= schedule.epochs() && since < schedule.patience(); epoch++) {
      double phase = (epoch - 1) / (double) Math.max(1, schedule.epochs() - 1);
      double rate = schedule.learningRate() * (0.55 + 0.45 * Math.cos(Math.PI * phase));
      adam.param_groups().get(0).options().set_lr(rate);
      shuffle(order, random);
      double loss = epoch(network, adam, train, order, augmentation, random);
      double held = loss(network, calibration);
      since++;
      if (held < least) {
        least = held;
        best = network.parameters().snapshot();
        since = 0;
      }
      double left = (System.nanoTime() - begin) / 1e9 / epoch * (schedule.epochs() - epoch);
      progress.line(
          String.format(
              Locale.ROOT,
              "  epoch %d of %d: loss %.4f, calibration loss %.4f%s, at most %.0f s left",
              epoch,
              schedule.epochs(),
              loss,
              held,
              since == 0 ? " (best)" : "",
              left));
    }
    network.parameters().restore(best);
  }

  private double epoch(
      Network network,
      Adam adam,
      LabelledRows train,
      int[] order,
      Augmentation augmentation,
      Random random) {
    int width = network.width();
    double sum = 0;
    for (int from = 0; from < order.length; from += schedule.batch()) {
      int size = Math.min(schedule.batch(), order.length - from);
      float[] rows = new float[size * width];
      long[] targets = new long[size];
      for (int i = 0; i < size; i++) {
        int row = order[from + i];
        System.arraycopy(train.rows(), row * width, rows, i * width, width);
        augmentation.apply(rows, i * width, random);
        targets[i] = train.targets()[row];
      }
      try (PointerScope _ = new PointerScope()) {
        adam.zero_grad();
        Tensor loss = network.loss(Tensors.of(rows, size, width), targets, true);
        loss.backward();
        adam.step();
        sum += loss.item_float() * size;
      }
    }
    return sum / order.length;
  }

  private static double loss(Network network, LabelledRows rows) {
    int width = network.width();
    int count = rows.count();
    double sum = 0;
    for (int from = 0; from < count; from += SCORING_BATCH) {
      int to = Math.min(count, from + SCORING_BATCH);
      try (PointerScope _ = new PointerScope();
          NoGradGuard _ = new NoGradGuard()) {
        Tensor batch =
            Tensors.of(Arrays.copyOfRange(rows.rows(), from * width, to * width), to - from, width);
        long[] targets = Arrays.copyOfRange(rows.targets(), from, to);
        sum += network.loss(batch, targets, false).item_float() * (to - from);
      }
    }
    return sum / Math.max(1, count);
  }

  private static void shuffle(int[] order, Random random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
  }
}
