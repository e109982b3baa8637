package io.caracal.trainer.network;

import io.caracal.trainer.Progress;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Fits a network by Adam with early stopping: the weights of the epoch with the least calibration
 * loss are kept. One thread and a seed make it repeatable to the byte on one kind of processor,
 * also where it was interrupted and goes on from a {@link Checkpoint}.
 */
public final class Fit {
  /** More than any schedule has, so that no two seeds share an epoch's random numbers. */
  private static final long EPOCHS = 1_000_003;

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
      Trainable network,
      LabelledRows train,
      LabelledRows calibration,
      Augmentation augmentation,
      long seed) {
    torch.set_num_threads(1);
    AdamOptions options = new AdamOptions(schedule.learningRate());
    options.weight_decay().put(schedule.weightDecay());
    Adam adam = new Adam(network.parameters().all(), options);
    Optional<Checkpoint> checkpoint =
        progress.checkpoints().map(folder -> Checkpoint.of(folder, network, train, schedule, seed));
    Checkpoint.State state =
        checkpoint
            .flatMap(file -> file.read(adam))
            .orElseGet(
                () ->
                    new Checkpoint.State(
                        0, 0, Double.POSITIVE_INFINITY, network.parameters().snapshot()));
    if (state.epochs() > 0) {
      progress.line("  going on after epoch " + state.epochs());
    }
    long begin = System.nanoTime();
    int first = state.epochs();
    HeldOut heldOut = new HeldOut(network, calibration);
    while (state.epochs() < schedule.epochs() && state.since() < schedule.patience()) {
      int epoch = state.epochs() + 1;
      double phase = (epoch - 1) / (double) Math.max(1, schedule.epochs() - 1);
      double rate = schedule.learningRate() * (0.55 + 0.45 * Math.cos(Math.PI * phase));
      adam.param_groups().get(0).options().set_lr(rate);
      // An epoch draws its own numbers, so that one can go on where another process was stopped.
      Random random = new Random(seed * EPOCHS + epoch);
      torch.manual_seed(random.nextLong());
      double loss = epoch(network, adam, train, order(train.count(), random), augmentation, random);
      double held = heldOut.loss();
      state =
          held < state.least()
              ? new Checkpoint.State(epoch, 0, held, network.parameters().snapshot())
              : new Checkpoint.State(epoch, state.since() + 1, state.least(), state.best());
      Checkpoint.State reached = state;
      checkpoint.ifPresent(file -> file.write(reached, adam));
      double left =
          (System.nanoTime() - begin) / 1e9 / (epoch - first) * (schedule.epochs() - epoch);
      progress.line(
          String.format(
              Locale.ROOT,
              "  epoch %d of %d: loss %.4f, calibration loss %.4f%s%s, at most %.0f s left",
              epoch,
              schedule.epochs(),
              loss,
              held,
              state.since() == 0 ? " (best)" : "",
              metric(heldOut.rocAuc()),
              left));
    }
    network.parameters().restore(state.best());
  }

  /** Nothing where the rows are of one kind. */
  private static String metric(double rocAuc) {
    return Double.isNaN(rocAuc) ? "" : String.format(Locale.ROOT, ", ROC-AUC %.4f", rocAuc);
  }

  private double epoch(
      Trainable network,
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

  private static int[] order(int count, Random random) {
    int[] order = IntStream.range(0, count).toArray();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }
}
