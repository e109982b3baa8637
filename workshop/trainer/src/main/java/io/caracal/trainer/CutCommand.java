package io.caracal.trainer;

import io.caracal.trainer.mutate.Cutter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Cuts a stretch of time out of a labelled capture. */
@Command(
    name = "cut",
    mixinStandardHelpOptions = true,
    description = "Cuts a stretch of time out of a labelled capture, with its attacks or without.")
final class CutCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CAPTURE", description = "classic pcap of Ethernet frames")
  private Path capture = Path.of("");

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      required = true,
      description = "its flows.tsv or flows.tsv.gz")
  private Path truth = Path.of("");

  @Option(
      names = "--from",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "where the stretch begins, 0 to 1 of the time; default: ${DEFAULT-VALUE}")
  private double from;

  @Option(
      names = "--to",
      paramLabel = "SHARE",
      defaultValue = "1",
      description = "where it ends; default: ${DEFAULT-VALUE}")
  private double to;

  @Option(names = "--benign", description = "leave out flows that the truth does not call benign")
  private boolean benign;

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "the new capture")
  private Path out = Path.of("");

  @Override
  public Integer call() {
    if (!(from >= 0 && from < to && to <= 1)) {
      throw new TrainerException(
          "--from " + from + " and --to " + to + " are no stretch: give shares from 0 to 1");
    }
    try {
      Files.createDirectories(out.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new TrainerException(out + " cannot be written: " + e.getMessage(), e);
    }
    Cutter.Result result = new Cutter(from, to, benign).cut(capture, truth, out);
    System.out.printf("%d of %d packets are in %s%n", result.after(), result.before(), out);
    return 0;
  }
}
