package io.caracal.trainer;

import io.caracal.trainer.mutate.Mutation;
import io.caracal.trainer.mutate.Mutator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the attacks of a labelled capture harder to see. */
@Command(
    name = "mutate",
    mixinStandardHelpOptions = true,
    description =
        "Changes the attacks of a labelled capture as an attacker could, and writes it with its"
            + " truth.")
final class MutateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CAPTURE", description = "classic pcap of Ethernet frames")
  private Path capture = Path.of("");

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      required = true,
      description = "its flows.tsv or flows.tsv.gz")
  private Path truth = Path.of("");

  @Option(
      names = "--mutate",
      paramLabel = "NAME=VALUE",
      required = true,
      description =
          "separated by commas: split and dummy (chance for a segment), pad (most growth of a"
              + " payload), delay (mean seconds before an answer), jitter (share of the time to the"
              + " next packet)")
  private String mutation = "";

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "of everything drawn; default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "capture.pcap and flows.tsv go here")
  private Path out = Path.of("");

  @Override
  public Integer call() {
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw new TrainerException(out + " cannot be made: " + e.getMessage(), e);
    }
    Mutator.Result result =
        new Mutator(Mutation.parse(mutation), seed)
            .mutate(capture, truth, out.resolve("capture.pcap"), out.resolve("flows.tsv"));
    System.out.printf(
        "%d of %d attack flows changed, the others are neither TCP nor UDP or gave no occasion; %d"
            + " packets became %d%n",
        result.changed().size(),
        result.attackFlows(),
        result.packetsBefore(),
        result.packetsAfter());
    return 0;
  }
}
