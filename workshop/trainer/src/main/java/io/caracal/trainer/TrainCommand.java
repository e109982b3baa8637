package io.caracal.trainer;

import io.caracal.plugin.signing.KeyRing;
import io.caracal.plugin.signing.TrustFolder;
import io.caracal.trainer.bundle.BundleJar;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.detector.DetectorTrainer;
import io.caracal.trainer.detector.DetectorTraining;
import io.caracal.trainer.detector.FlatClassifierTrainer;
import io.caracal.trainer.detector.FlatTrainer;
import io.caracal.trainer.detector.PacketForecastTrainer;
import io.caracal.trainer.detector.RandomForestTrainer;
import io.caracal.trainer.detector.RateForecastTrainer;
import io.caracal.trainer.detector.SequenceClassifierTrainer;
import io.caracal.trainer.ensemble.EnsembleTraining;
import io.caracal.trainer.network.Autoencoder;
import io.caracal.trainer.network.BiGan;
import io.caracal.trainer.network.DeepSvdd;
import io.caracal.trainer.network.DenseClassifier;
import io.caracal.trainer.network.Diffusion;
import io.caracal.trainer.network.GraphClassifier;
import io.caracal.trainer.network.LatentKmeans;
import io.caracal.trainer.network.NearestCentre;
import io.caracal.trainer.network.OneClassSvm;
import io.caracal.trainer.network.Pca;
import io.caracal.trainer.network.Vae;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.rows.Sensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains what a recipe describes and replaces the files of its bundle. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = "Trains a detector or the ensemble by its recipe and writes its bundle's files.")
final class TrainCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RECIPE", description = "a recipe.toml")
  private Path recipe = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:CARACAL_DATA}",
      description = "root of the captures that the recipe names; default: $CARACAL_DATA")
  private @Nullable Path data;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description =
          "keep the sensor's features here for the next run; it knows captures and settings, but"
              + " not whether the sensor was changed")
  private @Nullable Path cache;

  @Option(
      names = "--resume",
      description = "go on where the last training of this recipe was interrupted")
  private boolean resume;

  @Option(
      names = "--jar",
      paramLabel = "DIR",
      description = "write the bundle as a signed jar too, ready for caracal plugin install")
  private @Nullable Path jar;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "symbolic name of that jar's bundle; default: io.caracal.model.ID")
  private @Nullable String name;

  @Option(
      names = "--key",
      paramLabel = "NAME",
      description = "the key that signs it, made if it is not there; default: ${DEFAULT-VALUE}")
  private String key = KeyRing.DEVELOPER;

  @Override
  public Integer call() throws IOException {
    Progress progress = Progress.on(System.err);
    Recipe.File file = Recipe.read(recipe);
    Checkpoints checkpoints = Checkpoints.of(file);
    if (resume) {
      checkpoints.require();
    } else {
      checkpoints.delete();
    }
    Path root =
        Optional.ofNullable(data)
            .orElseThrow(
                () ->
                    new TrainerException(
                        "the data's root is unknown: name it by --data or CARACAL_DATA"));
    try (Scratch scratch = Scratch.create()) {
      RecipeCorpus source =
          new RecipeCorpus(
              Sensor.installed(), root, Optional.ofNullable(cache), scratch.folder(), progress);
      if (file.recipe().architecture().equals("ensemble")) {
        try (EnsembleTraining ensemble = new EnsembleTraining(file, progress);
            Corpus corpus = source.load(file.recipe(), ensemble.views())) {
          ensemble.run(corpus);
        }
      } else {
        DetectorTrainer trainer = trainer(file.recipe());
        try (Corpus corpus = source.load(file.recipe(), file.recipe().views())) {
          new DetectorTraining(trainer, progress.keeping(checkpoints.folder())).run(file, corpus);
        }
      }
    }
    checkpoints.delete();
    if (jar != null) {
      pack(file, jar, progress);
    }
    return 0;
  }

  private void pack(Recipe.File file, Path folder, Progress progress) throws IOException {
    Path root = Path.of(System.getProperty("caracal.root", "."));
    String symbolicName =
        Optional.ofNullable(name).orElse("io.caracal.model." + file.recipe().id());
    Path made =
        new BundleJar(file.output())
            .write(
                folder,
                symbolicName,
                new KeyRing(root.resolve("keys"))
                    .loadOrCreate(
                        key, new TrustFolder(root.resolve("config/trust")), progress::line));
    progress.line(made + " is signed by " + key);
  }

  static DetectorTrainer trainer(Recipe recipe) {
    return switch (recipe.architecture()) {
      case "autoencoder" -> new FlatTrainer<>(Autoencoder.Settings.class, Autoencoder::new);
      case "vae" -> new FlatTrainer<>(Vae.Settings.class, Vae::new);
      case "gan" -> new FlatTrainer<>(BiGan.Settings.class, BiGan::new);
      case "diffusion" -> new FlatTrainer<>(Diffusion.Settings.class, Diffusion::new);
      case "deep-svdd" -> new FlatTrainer<>(DeepSvdd.Settings.class, DeepSvdd::new);
      case "latent-kmeans" -> new FlatTrainer<>(LatentKmeans.Settings.class, LatentKmeans::new);
      case "pca" ->
          new FlatTrainer<>(
              Pca.Settings.class, (input, settings, seed) -> new Pca(input, settings.components()));
      case "kmeans" -> new FlatTrainer<>(NearestCentre.Settings.class, NearestCentre::new);
      case "one-class-svm" -> new FlatTrainer<>(OneClassSvm.Settings.class, OneClassSvm::new);
      case "dense", "logistic" ->
          new FlatClassifierTrainer<>(DenseClassifier.Settings.class, DenseClassifier::new);
      case "graph" ->
          new FlatClassifierTrainer<>(GraphClassifier.Settings.class, GraphClassifier::new);
      case "cnn1d", "transformer" -> new SequenceClassifierTrainer();
      case "dlinear" -> new RateForecastTrainer();
      case "lstm", "transformer-forecast" -> new PacketForecastTrainer();
      case "random-forest" -> new RandomForestTrainer();
      default ->
          throw new TrainerException(
              "recipe "
                  + recipe.id()
                  + " has the architecture "
                  + recipe.architecture()
                  + ": known are autoencoder, cnn1d, deep-svdd, dense, diffusion, dlinear, gan,"
                  + " graph, kmeans, latent-kmeans, logistic, lstm, one-class-svm, pca,"
                  + " random-forest, transformer, transformer-forecast, vae and ensemble");
    };
  }
}
