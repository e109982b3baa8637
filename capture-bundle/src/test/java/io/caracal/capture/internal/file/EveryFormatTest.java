package io.caracal.capture.internal.file;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.packet.Frame;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.file.CompressionTest.Packer;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Packets of our own sample, written in every format: the same packets come out of all of them. */
class EveryFormatTest {
  private static final String SAMPLE = "../samples/campaign-a-slice.pcap.zst";
  private static final int PACKETS = 60;
  private static final int ETHERNET = 1;

  /** A packet of the sample; its time is whole microseconds. */
  private static final class Sampled {
    final long micros;
    final byte[] frame;
    final int wireLength;

    Sampled(Frame frame) {
      micros = frame.timeNanos / 1000;
      this.frame = frame.copy();
      wireLength = frame.wireLength;
    }

    long seconds() {
      return micros / 1_000_000;
    }

    int fraction(int perMicro) {
      return (int) (micros % 1_000_000) * perMicro;
    }
  }

  /** Time resolutions are those that hold a whole number of units in a microsecond. */
  enum Format {
    PCAP {
      @Override
      Captures write(Captures out) {
        out.fileHeader(Captures.MICRO, ETHERNET);
        sample.forEach(p -> out.packet(p.seconds(), p.fraction(1), p.frame, p.wireLength));
        return out;
      }
    },
    PCAP_NANOSECONDS {
      @Override
      Captures write(Captures out) {
        out.fileHeader(Captures.NANO, ETHERNET);
        sample.forEach(p -> out.packet(p.seconds(), p.fraction(1000), p.frame, p.wireLength));
        return out;
      }
    },
    PCAP_MODIFIED {
      @Override
      Captures write(Captures out) {
        out.fileHeader(Captures.MODIFIED, ETHERNET);
        sample.forEach(p -> out.modifiedPacket(p.seconds(), p.fraction(1), p.frame, p.wireLength));
        return out;
      }
    },
    PCAPNG {
      @Override
      Captures write(Captures out) {
        out.section().networkInterface(ETHERNET, 6, 0);
        sample.forEach(p -> out.enhancedPacket(0, p.micros, p.frame, p.wireLength));
        return out;
      }
    },
    PCAPNG_TWO_INTERFACES {
      @Override
      Captures write(Captures out) {
        out.section().networkInterface(ETHERNET, 9, 0).networkInterface(ETHERNET, 7, 1_000_000_000);
        for (int i = 0; i < PACKETS; i++) {
          Sampled p = sample.get(i);
          long units = i % 2 == 0 ? p.micros * 1000 : (p.micros - 1_000_000_000_000_000L) * 10;
          out.enhancedPacket(i % 2, units, p.frame, p.wireLength);
        }
        return out;
      }
    },
    PCAPNG_SECTION_FOR_EACH_PACKET {
      @Override
      Captures write(Captures out) {
        sample.forEach(
            p ->
                out.section()
                    .networkInterface(ETHERNET, 6, 0)
                    .enhancedPacket(0, p.micros, p.frame, p.wireLength));
        return out;
      }
    };

    abstract Captures write(Captures out);
  }

  private static List<Sampled> sample = List.of();
  private static List<Reading.Packet> expected = List.of();

  @TempDir Path directory;

  @BeforeAll
  static void readTheSample() throws IOException {
    List<Sampled> packets = new ArrayList<>();
    try (PacketInput input = new FileSource().open(SourceRequest.file(SAMPLE))) {
      input.poll(frame -> packets.add(new Sampled(frame)), PACKETS, 0);
    }
    sample = List.copyOf(packets);
    expected =
        sample.stream()
            .map(p -> Reading.Packet.of(p.micros * 1000, ETHERNET, p.wireLength, p.frame))
            .toList();
    assertThat(sample).hasSize(PACKETS).anyMatch(p -> p.wireLength > p.frame.length);
  }

  @ParameterizedTest
  @EnumSource
  void samePacketsInBothByteOrdersPlainAndPacked(Format format) throws IOException {
    for (ByteOrder order : List.of(LITTLE_ENDIAN, BIG_ENDIAN)) {
      byte[] capture = format.write(Captures.in(order)).bytes();
      assertReadsTheSample(capture);
      for (Packer packer : Packer.values()) {
        assertReadsTheSample(packer.pack(capture));
      }
    }
  }

  private void assertReadsTheSample(byte[] capture) throws IOException {
    Reading reading = Reading.of(directory, capture);
    assertThat(reading.packets()).isEqualTo(expected);
    assertThat(reading.notices()).isEmpty();
  }
}
