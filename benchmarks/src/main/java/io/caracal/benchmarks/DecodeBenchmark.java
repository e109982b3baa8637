package io.caracal.benchmarks;

import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.Frame;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.decode.HeaderDecoderFactory;
import io.caracal.capture.internal.file.FileSource;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From a capture file to decoded headers, one thread: {@code packets} is packets per second. {@code
 * -Dcapture=FILE} names the capture, otherwise it is the sample, of which unpacking is most of the
 * work.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED"})
public class DecodeBenchmark {
  private static final String SAMPLE = "samples/campaign-a-slice.pcap.zst";
  private static final int POLL = 1024;

  /** Counted beside the calls, since captures differ in size. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Counts {
    /** Frames decoded. */
    public long packets;

    /** Frames that belong to a flow. */
    public long ok;

    /** Creates the counters. */
    public Counts() {}
  }

  private final PacketDecoder decoder = new HeaderDecoderFactory().create();
  private final PacketHeaders headers = new PacketHeaders();
  private long decoded;

  /** Creates the state. */
  public DecodeBenchmark() {}

  /**
   * Reads a whole capture.
   *
   * @param counts what was read
   * @throws IOException if the capture cannot be read
   */
  @Benchmark
  public void decode(Counts counts) throws IOException {
    SourceRequest capture = SourceRequest.file(System.getProperty("capture", SAMPLE));
    decoded = 0;
    try (PacketInput input = new FileSource().open(capture)) {
      int delivered = 0;
      while (delivered != PacketInput.END) {
        counts.packets += delivered;
        delivered = input.poll(this::decode, POLL, 0);
      }
    }
    counts.ok += decoded;
  }

  private void decode(Frame frame) {
    if (decoder.decode(frame, headers) == DecodeResult.OK) {
      decoded++;
    }
  }
}
