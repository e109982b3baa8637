package io.caracal.launcher;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The captures a command reads. */
final class Captures {
  private static final String STANDARD_INPUT = "-";

  @Spec(Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "CAPTURE",
      arity = "0..*",
      description =
          "pcap, pcapng or snoop, plain, gzip or zstd: a file, a folder (all captures in it by"
              + " time, none in folders below), a named pipe, or - for standard input")
  private List<String> names = List.of();

  @Option(
      names = "--follow",
      description =
          "the one CAPTURE is still being written: wait for more until stopped; in a folder, go on"
              + " with each file that a rotating writer begins")
  private boolean follow;

  boolean named() {
    return !names.isEmpty();
  }

  /** The captures in the core's words; throws a usage error for a combination that is wrong. */
  void describe(Map<String, Object> options) {
    if (names.isEmpty()) {
      throw wrong("no CAPTURE is named; name a file, a folder or - for standard input");
    }
    if (Collections.frequency(names, STANDARD_INPUT) > 1) {
      throw wrong("standard input (-) can be read only once; name it once");
    }
    if (follow && names.size() > 1) {
      throw wrong("--follow takes one CAPTURE, because it does not end; name one file or folder");
    }
    options.put("captures", names);
    options.put("follow", follow);
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
