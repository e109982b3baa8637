package io.caracal.trainer.mutate;

import io.caracal.trainer.TrainerException;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A capture in the classic format (draft-ietf-opsawg-pcap) with Ethernet frames, as a whole.
 *
 * @param snapLength most bytes kept of a packet
 * @param packets in the order of the file
 */
record PcapFile(int snapLength, List<Packet> packets) {
  private static final int MICROSECONDS = 0xa1b2c3d4;
  private static final int NANOSECONDS = 0xa1b23c4d;
  private static final int HEADER = 24;
  private static final int RECORD = 16;
  private static final int ETHERNET = 1;
  private static final int MOST = 1 << 18;

  static PcapFile read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      return read(file, bytes);
    } catch (IOException e) {
      throw TrainerException.unreadable("the capture", file, e);
    }
  }

  private static PcapFile read(Path file, ByteBuffer bytes) {
    if (bytes.remaining() < HEADER) {
      throw unfit(file, "is shorter than the header of a capture");
    }
    int magic = bytes.getInt(0);
    if (magic == Integer.reverseBytes(MICROSECONDS) || magic == Integer.reverseBytes(NANOSECONDS)) {
      bytes.order(ByteOrder.LITTLE_ENDIAN);
      magic = bytes.getInt(0);
    }
    if ((magic != MICROSECONDS && magic != NANOSECONDS) || bytes.getInt(20) != ETHERNET) {
      throw unfit(file, "is no classic pcap of Ethernet frames");
    }
    long unit = magic == NANOSECONDS ? 1 : 1000;
    List<Packet> packets = new ArrayList<>();
    bytes.position(HEADER);
    while (bytes.remaining() >= RECORD) {
      long time = Integer.toUnsignedLong(bytes.getInt()) * 1_000_000_000;
      time += Integer.toUnsignedLong(bytes.getInt()) * unit;
      int captured = bytes.getInt();
      int wire = bytes.getInt();
      if (captured < 0 || captured > MOST || captured > bytes.remaining()) {
        throw unfit(file, "is damaged or cut after " + packets.size() + " packets");
      }
      byte[] frame = new byte[captured];
      bytes.get(frame);
      packets.add(new Packet(time, frame, wire));
    }
    return new PcapFile(bytes.getInt(16), packets);
  }

  private static TrainerException unfit(Path file, String reason) {
    return new TrainerException(
        file + " " + reason + ": unpack it, or convert it by editcap -F pcap");
  }

  /** Writes a capture with nanoseconds. */
  void write(Path file) {
    try (OutputStream stream = Files.newOutputStream(file);
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(stream, 1 << 16))) {
      out.writeInt(NANOSECONDS);
      out.writeShort(2);
      out.writeShort(4);
      out.writeLong(0);
      out.writeInt(snapLength);
      out.writeInt(ETHERNET);
      for (Packet packet : packets) {
        out.writeInt((int) (packet.timeNanos / 1_000_000_000));
        out.writeInt((int) (packet.timeNanos % 1_000_000_000));
        out.writeInt(packet.bytes.length);
        out.writeInt(packet.wireLength);
        out.write(packet.bytes);
      }
    } catch (IOException e) {
      throw new TrainerException(file + " cannot be written: " + e.getMessage(), e);
    }
  }
}
