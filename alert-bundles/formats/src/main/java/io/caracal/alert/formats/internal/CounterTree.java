package io.caracal.alert.formats.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Counters with dotted names as nested objects, in the order of their first mention. */
final class CounterTree {
  /** Where the value of a name goes that is also the beginning of others. */
  private static final String TOTAL = "total";

  private final Map<String, CounterTree> children = new LinkedHashMap<>();
  private Optional<Object> value = Optional.empty();

  void put(String name, Object counter) {
    CounterTree node = this;
    for (String part : name.split("\\.", -1)) {
      node = node.children.computeIfAbsent(part, unused -> new CounterTree());
    }
    node.value = Optional.of(counter);
  }

  void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, CounterTree> child : children.entrySet()) {
      json.writeFieldName(child.getKey());
      CounterTree node = child.getValue();
      if (node.children.isEmpty()) {
        value(json, node.value.orElseThrow());
      } else {
        node.write(json);
      }
    }
    if (value.isPresent()) {
      json.writeFieldName(freeName());
      value(json, value.get());
    }
    json.writeEndObject();
  }

  private String freeName() {
    String name = TOTAL;
    while (children.containsKey(name)) {
      name += "_";
    }
    return name;
  }

  private static void value(JsonGenerator json, Object value) throws IOException {
    switch (value) {
      case Double number when !Double.isFinite(number) -> json.writeNull();
      case Float number when !Float.isFinite(number) -> json.writeNull();
      case Double number -> json.writeNumber(number);
      case Float number -> json.writeNumber(number);
      case Number number -> json.writeNumber(number.longValue());
      case Boolean flag -> json.writeBoolean(flag);
      case Iterable<?> list -> {
        json.writeStartArray();
        for (Object element : list) {
          value(json, element);
        }
        json.writeEndArray();
      }
      case Map<?, ?> map -> {
        CounterTree tree = new CounterTree();
        map.forEach((name, counter) -> tree.put(name.toString(), counter));
        tree.write(json);
      }
      default -> json.writeString(value.toString());
    }
  }
}
