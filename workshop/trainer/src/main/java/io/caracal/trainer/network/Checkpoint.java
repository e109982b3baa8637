package io.caracal.trainer.network;

import io.caracal.trainer.Digests;
import io.caracal.trainer.TrainerException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.InputArchive;
import org.bytedeco.pytorch.OutputArchive;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The state of one fit after an epoch, as a libtorch archive. Its name is a hash of all that
 * decides how the fit goes, so that a state never serves another fit than its own. Random numbers
 * need no state: every epoch draws its own from the seed.
 */
final class Checkpoint {
  /**
   * Where a fit stands.
   *
   * @param epochs finished
   * @param since epochs since the best one
   * @param least its calibration loss
   * @param best its weights
   */
  record State(int epochs, int since, double least, Map<String, float[]> best) {}

  private final Path file;
  private final Parameters parameters;

  private Checkpoint(Path file, Parameters parameters) {
    this.file = file;
    this.parameters = parameters;
  }

  /** That of a fit which is about to begin, in a folder. */
  static Checkpoint of(
      Path folder, Trainable network, LabelledRows train, Fit.Schedule schedule, long seed) {
    StringBuilder text = new StringBuilder(schedule.toString()).append(seed);
    text.append(network.getClass().getName()).append(digest(train.rows()));
    network
        .parameters()
        .snapshot()
        .forEach((name, values) -> text.append(name).append(digest(values)));
    String name = Digests.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    return new Checkpoint(folder.resolve(name.substring(0, 24) + ".fit"), network.parameters());
  }

  private static String digest(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
    bytes.asFloatBuffer().put(values);
    return Digests.sha256(bytes.array());
  }

  /** Replaces the file by the present state. */
  void write(State state, Adam adam) {
    try (PointerScope _ = new PointerScope()) {
      OutputArchive archive = new OutputArchive();
      long[] numbers = {state.epochs(), state.since(), Double.doubleToLongBits(state.least())};
      archive.write("numbers", torch.tensor(numbers));
      archive.write("adam", saved(adam));
      parameters.snapshot().forEach((name, values) -> put(archive, "weights", name, values));
      state.best().forEach((name, values) -> put(archive, "best", name, values));
      Files.createDirectories(file.getParent());
      Path unfinished = file.resolveSibling(file.getFileName() + ".part");
      archive.save_to(unfinished.toString());
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new TrainerException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static OutputArchive saved(Adam adam) {
    OutputArchive archive = new OutputArchive();
    adam.save(archive);
    return archive;
  }

  private static void put(OutputArchive archive, String kind, String name, float[] values) {
    archive.write(key(kind, name), Tensors.of(values, values.length));
  }

  /** A name in an archive must be an attribute's. */
  private static String key(String kind, String name) {
    return kind + '_' + name.replaceAll("[^A-Za-z0-9]", "_");
  }

  /** Restores weights and optimiser if the file is there. */
  Optional<State> read(Adam adam) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (PointerScope _ = new PointerScope()) {
      InputArchive archive = new InputArchive();
      archive.load_from(file.toString());
      Tensor numbers = tensor(archive, "numbers");
      long[] values = new long[3];
      numbers.data_ptr_long().get(values);
      InputArchive optimiser = new InputArchive();
      archive.read("adam", optimiser);
      adam.load(optimiser);
      Map<String, float[]> weights = new LinkedHashMap<>();
      Map<String, float[]> best = new LinkedHashMap<>();
      for (String name : parameters.snapshot().keySet()) {
        weights.put(name, Tensors.values(tensor(archive, key("weights", name))));
        best.put(name, Tensors.values(tensor(archive, key("best", name))));
      }
      parameters.restore(weights);
      return Optional.of(
          new State((int) values[0], (int) values[1], Double.longBitsToDouble(values[2]), best));
    } catch (RuntimeException e) {
      throw new TrainerException(
          file + " is no checkpoint that can be read: train without --resume", e);
    }
  }

  private static Tensor tensor(InputArchive archive, String key) {
    Tensor tensor = new Tensor();
    archive.read(key, tensor);
    return tensor;
  }
}
