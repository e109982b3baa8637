package io.caracal.export.ipfix.internal;

import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowSummary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;

/**
 * Sends flows to a collector: messages of one set of records each (RFC 7011, section 3). Templates
 * go first, and over UDP again every minute or {@value #REPEAT_MESSAGES} messages, since a
 * collector may have missed them or begun later.
 */
final class IpfixOutput implements FlowOutput {
  private static final short VERSION = 10;
  private static final int HEADER = 16;
  private static final int LENGTH_AT = 2;
  private static final int SET_LENGTH_AT = HEADER + 2;
  private static final int DOMAIN = 1;
  private static final long REPEAT_SECONDS = 60;
  private static final int REPEAT_MESSAGES = 1000;

  private final Transport transport;
  private final Clock clock;
  private final ByteBuffer message;
  private Template open = Template.IPV4;
  private int pending;
  private int sent;
  private long templatesAt;
  private int sinceTemplates;

  /**
   * Sends the templates.
   *
   * @param clock the wall clock, for the time of export
   */
  IpfixOutput(Transport transport, Clock clock) throws IOException {
    this.transport = transport;
    this.clock = clock;
    message = ByteBuffer.allocate(transport.longestMessage());
    sendTemplates();
  }

  @Override
  public void write(FlowBatch batch) throws IOException {
    for (int row = 0; row < batch.size(); row++) {
      FlowSummary flow = batch.flow(row);
      Template template = flow.who().ipv6() ? Template.IPV6 : Template.IPV4;
      if (template != open || message.remaining() < template.recordLength()) {
        flush();
        open = template;
      }
      if (pending == 0) {
        begin(template.id());
      }
      template.put(message, flow);
      pending++;
    }
  }

  /** Sends the records that wait for more. */
  @Override
  public void flush() throws IOException {
    if (pending > 0) {
      send();
      sent += pending;
      pending = 0;
      sinceTemplates++;
    }
    boolean due = sinceTemplates >= REPEAT_MESSAGES || seconds() - templatesAt >= REPEAT_SECONDS;
    if (transport.losesMessages() && due) {
      sendTemplates();
    }
  }

  private void sendTemplates() throws IOException {
    begin(Template.SET);
    Template.IPV4.describe(message);
    Template.IPV6.describe(message);
    send();
    templatesAt = seconds();
    sinceTemplates = 0;
  }

  private void begin(short set) {
    message.clear();
    message.putShort(VERSION).putShort((short) 0).putInt((int) seconds());
    message.putInt(sent).putInt(DOMAIN); // the sequence number counts records, modulo 2^32
    message.putShort(set).putShort((short) 0);
  }

  private void send() throws IOException {
    message.putShort(LENGTH_AT, (short) message.position());
    message.putShort(SET_LENGTH_AT, (short) (message.position() - HEADER));
    message.flip();
    transport.send(message);
    message.clear();
  }

  private long seconds() {
    return clock.millis() / 1000;
  }

  @Override
  public void close() throws IOException {
    try (transport) {
      flush();
    }
  }
}
