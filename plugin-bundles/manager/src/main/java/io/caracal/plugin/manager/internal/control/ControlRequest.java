package io.caracal.plugin.manager.internal.control;

import io.caracal.plugin.control.Chunk;
import io.caracal.plugin.control.ChunkChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client asks for.
 *
 * @param command the name of a command
 * @param options by name: a text, or a list of texts where an option was given several times
 */
record ControlRequest(String command, Map<String, Object> options) {
  /** Bytes of all chunks of a request. */
  private static final int LONGEST = 4 * ChunkChannel.LONGEST;

  /** What is wrong with a request, in a sentence. */
  static final class Invalid extends IOException {
    private static final long serialVersionUID = 1L;

    Invalid(String sentence) {
      super(sentence);
    }
  }

  /** Waits for a whole request. */
  static ControlRequest read(ChunkChannel chunks) throws IOException {
    Map<String, Object> options = new LinkedHashMap<>();
    int length = 0;
    while (true) {
      Chunk chunk = chunks.read();
      length += chunk.text().length() + 1;
      if (length > LONGEST) {
        throw new Invalid("the request is longer than " + LONGEST + " bytes");
      }
      switch (chunk.type()) {
        case ARGUMENT -> add(options, chunk.utf8());
        case COMMAND -> {
          return new ControlRequest(chunk.utf8(), options);
        }
        case ENVIRONMENT, DIRECTORY, HEARTBEAT -> {
          // Nothing of the sensor depends on where its client is.
        }
        default -> throw new Invalid("the request holds a chunk of type " + chunk.type());
      }
    }
  }

  private static void add(Map<String, Object> options, String argument) throws Invalid {
    int equals = argument.indexOf('=');
    if (equals < 1) {
      throw new Invalid("the argument '" + argument + "' is not of the form NAME=VALUE");
    }
    options.merge(
        argument.substring(0, equals), argument.substring(equals + 1), ControlRequest::both);
  }

  private static Object both(Object before, Object more) {
    List<Object> all = new ArrayList<>(before instanceof List<?> list ? list : List.of(before));
    all.add(more);
    return all;
  }
}
