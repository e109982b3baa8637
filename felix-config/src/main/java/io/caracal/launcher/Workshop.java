package io.caracal.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * Commands of the workshop. They run in a process of their own with the trainer's libraries, and
 * call the sensor back through the caracal script: what makes detectors does not live in the
 * sensor.
 */
abstract class Workshop implements Callable<Integer> {
  @Unmatched private List<String> arguments = new ArrayList<>();

  abstract String name();

  List<String> arguments() {
    return arguments;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path root = Distribution.locate().root();
    Path trainer = root.resolve("workshop/trainer/target");
    if (!Files.isDirectory(trainer.resolve("lib"))) {
      throw new IOException("the workshop is not built; run mvn -DskipTests package in " + root);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx4g"));
    command.add("-Dcaracal.command=" + root.resolve("caracal"));
    command.add("-Dcaracal.root=" + root);
    command.addAll(
        List.of(
            "-cp",
            trainer.resolve("classes") + File.pathSeparator + trainer.resolve("lib") + "/*"));
    command.addAll(List.of("io.caracal.trainer.Main", name()));
    command.addAll(arguments);
    ProcessBuilder process = new ProcessBuilder(command).inheritIO();
    process.environment().put("OMP_NUM_THREADS", "1"); // results are reproducible per thread count
    process.environment().put("OPENBLAS_NUM_THREADS", "1");
    return process.start().waitFor();
  }

  @Command(
      name = "train",
      description = "train a detector from a recipe and write its bundle's contents")
  static final class Train extends Workshop {
    @Override
    String name() {
      return "train";
    }
  }

  /** The script starts this one itself, without Java; here it is for the list of commands. */
  @Command(
      name = "campaign",
      description = "make labelled traffic with real servers, clients and attack tools")
  static final class Campaign extends Workshop {
    @Override
    String name() {
      return "campaign";
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
      Path script = Distribution.locate().root().resolve("workshop/testbed/campaign");
      List<String> command = new ArrayList<>(List.of(script.toString()));
      command.addAll(arguments());
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
  }

  @Command(
      name = "compare",
      description = "train detectors on a flow table of the literature and compare them")
  static final class Compare extends Workshop {
    @Override
    String name() {
      return "compare";
    }
  }

  @Command(
      name = "cut",
      description = "cut a stretch of time out of a labelled capture, with its attacks or without")
  static final class Cut extends Workshop {
    @Override
    String name() {
      return "cut";
    }
  }

  @Command(name = "evaluate", description = "measure every detector on a capture with known truth")
  static final class Evaluate extends Workshop {
    @Override
    String name() {
      return "evaluate";
    }
  }

  @Command(
      name = "mutate",
      description = "make the attacks of a labelled capture harder to see, as an attacker could")
  static final class Mutate extends Workshop {
    @Override
    String name() {
      return "mutate";
    }
  }
}
