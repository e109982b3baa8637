package io.caracal.alert.syslog.internal;

import io.caracal.alert.syslog.internal.SyslogSettings.Receiver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A connection, over which messages go one after the other. Syslog has no acknowledgement: that a
 * receiver takes messages can only be seen by the connection that stays. So a small delivery waits
 * a moment whether it does, what was sent lately is kept, and sent again before all else over the
 * next connection when one breaks.
 */
final class StreamChannel implements Channel {
  private static final int SMALL = 256; // messages
  private static final int SETTLE_MILLIS = 100;
  private static final int LOOK_MILLIS = 1;
  private static final int CLOSE_MILLIS = 2000;
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Receiver receiver;
  private final boolean octetCounting;
  private final Connector connector;
  private final List<Sent> lately = new ArrayList<>();
  private volatile Optional<Socket> connection = Optional.empty();

  /** A delivery: when it was written, and what. */
  private static final class Sent {
    final long nanos = System.nanoTime();
    final byte[] bytes;

    Sent(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  StreamChannel(Receiver receiver, boolean octetCounting, Connector connector) {
    this.receiver = receiver;
    this.octetCounting = octetCounting;
    this.connector = connector;
  }

  @Override
  public void send(List<byte[]> messages) throws IOException {
    Socket socket = connected();
    CompletableFuture<Void> limit =
        CompletableFuture.runAsync(
            () -> abort(socket),
            CompletableFuture.delayedExecutor(
                receiver.write().toNanos(), TimeUnit.NANOSECONDS, Runnable::run));
    try {
      byte[] bytes = framed(messages);
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      if (!stays(socket, messages.size() < SMALL ? SETTLE_MILLIS : LOOK_MILLIS)) {
        throw new IOException("it has closed the connection");
      }
      keep(bytes);
    } catch (IOException e) {
      abort(socket);
      throw broken(limit.isDone() ? new IOException("it takes nothing any more", e) : e);
    } finally {
      limit.cancel(false);
    }
  }

  private IOException broken(IOException e) {
    return new IOException(
        "the connection to the syslog receiver " + receiver + " broke: " + TlsPeer.words(e), e);
  }

  /**
   * The connection, a new one if the last one did not stay; then what was sent lately goes first.
   */
  private Socket connected() throws IOException {
    if (connection.isPresent() && stays(connection.get(), LOOK_MILLIS)) {
      return connection.get();
    }
    connection.ifPresent(StreamChannel::abort);
    Socket socket = connector.connect();
    connection = Optional.of(socket);
    try {
      for (Sent sent : lately) {
        socket.getOutputStream().write(sent.bytes);
      }
      return socket;
    } catch (IOException e) {
      abort(socket);
      throw broken(e);
    }
  }

  /** A receiver says nothing: what can be read is the end of the connection or its failure. */
  private static boolean stays(Socket socket, int millis) throws IOException {
    if (socket.isClosed()) {
      return false;
    }
    try {
      socket.setSoTimeout(millis);
      return socket.getInputStream().read() >= 0;
    } catch (SocketTimeoutException e) {
      return true;
    } catch (IOException e) {
      if (socket instanceof javax.net.ssl.SSLSocket) {
        throw e; // why the receiver refuses us
      }
      return false;
    }
  }

  private void keep(byte[] bytes) {
    long now = System.nanoTime();
    lately.removeIf(sent -> now - sent.nanos > KEPT_NANOS);
    lately.add(new Sent(bytes));
  }

  private byte[] framed(List<byte[]> messages) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] message : messages) {
      if (octetCounting) {
        out.writeBytes((message.length + " ").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(message);
      } else {
        for (byte octet : message) {
          out.write(octet == '\n' ? ' ' : octet);
        }
        out.write('\n');
      }
    }
    return out.toByteArray();
  }

  private static void abort(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone all the same
    }
  }

  /** Says that no more follows, and gives the receiver a moment to read what is on its way. */
  @Override
  public void close() {
    connection.ifPresent(
        socket -> {
          try {
            socket.shutdownOutput();
            stays(socket, CLOSE_MILLIS);
          } catch (IOException e) {
            // it is closed below
          }
          abort(socket);
        });
  }
}
