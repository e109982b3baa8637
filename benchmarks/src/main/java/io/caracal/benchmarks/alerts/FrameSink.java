package io.caracal.benchmarks.alerts;

import io.caracal.alert.formats.internal.EveFormat;
import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertSink;
import io.caracal.api.alert.EventFormat;
import io.caracal.api.alert.SensorEvent;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLSocket;

/** Sends alerts as EVE in RFC 5424 messages over one TLS connection. */
final class FrameSink implements AlertSink, AutoCloseable {
  private static final byte[] HEADER =
      "<113>1 - sensor caracal - alert - ".getBytes(StandardCharsets.UTF_8);

  private final EventFormat format = new EveFormat();
  private final SSLSocket socket;
  private final OutputStream out;

  FrameSink(SSLSocket socket) throws IOException {
    this.socket = socket;
    out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
  }

  @Override
  public String name() {
    return "frames";
  }

  @Override
  public boolean wants(Class<? extends SensorEvent> type) {
    return type == AlertEvent.class;
  }

  @Override
  public void deliver(List<SensorEvent> events) throws IOException {
    for (SensorEvent event : events) {
      byte[] body = format.write(event);
      String length = HEADER.length + body.length + " ";
      out.write(length.getBytes(StandardCharsets.US_ASCII));
      out.write(HEADER);
      out.write(body);
    }
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
