package io.caracal.alert.http.internal;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.caracal.api.alert.EventFormat;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How the events of one request are put together. */
enum Framing {
  /** One event per line. */
  LINES {
    @Override
    String mediaType(EventFormat format) {
      return json(format) ? "application/x-ndjson" : "text/plain; charset=utf-8";
    }

    @Override
    void write(Item item, EventFormat format, boolean first, StringBuilder body) {
      body.append(item.line());
      body.append('\n');
    }
  },

  /** A JSON array. */
  ARRAY {
    @Override
    void write(Item item, EventFormat format, boolean first, StringBuilder body) {
      body.append(first ? '[' : ',');
      body.append(value(item, format));
    }

    @Override
    void end(StringBuilder body) {
      body.append(']');
    }
  },

  /** What Elasticsearch's bulk interface reads: documents that are created once, by their id. */
  ELASTIC {
    @Override
    String mediaType(EventFormat format) {
      return "application/x-ndjson";
    }

    @Override
    void write(Item item, EventFormat format, boolean first, StringBuilder body) {
      body.append("{\"create\":{\"_id\":" + quoted(item.id()) + "}}\n");
      body.append(value(item, format));
      body.append('\n');
    }
  },

  /** What Splunk's HTTP Event Collector reads: objects with time and source type around events. */
  SPLUNK {
    @Override
    void write(Item item, EventFormat format, boolean first, StringBuilder body) {
      String seconds = BigDecimal.valueOf(item.timeNanos() / 1_000_000, 3).toPlainString();
      body.append("{\"time\":" + seconds + ",\"source\":\"caracal\",\"sourcetype\":");
      body.append(quoted("caracal:" + format.name()) + ",\"event\":");
      body.append(value(item, format));
      body.append("}\n");
    }
  };

  String mediaType(EventFormat format) {
    return "application/json";
  }

  abstract void write(Item item, EventFormat format, boolean first, StringBuilder body);

  void end(StringBuilder body) {}

  /** The body of a request. */
  byte[] body(List<Item> items, EventFormat format) {
    StringBuilder body = new StringBuilder(1 << 14);
    for (int i = 0; i < items.size(); i++) {
      write(items.get(i), format, i == 0, body);
    }
    end(body);
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static boolean json(EventFormat format) {
    return format.mediaType().contains("json");
  }

  /** The event as a JSON value: itself, or a string where its format is not JSON. */
  private static String value(Item item, EventFormat format) {
    return json(format) ? item.line() : quoted(item.line());
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
