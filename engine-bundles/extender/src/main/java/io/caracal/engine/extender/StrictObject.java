package io.caracal.engine.extender;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A JSON object read key by key. A key that is missing, has the wrong type, stands twice or was
 * never asked for is an error that names the document and the key.
 */
final class StrictObject {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String document;
  private final String path;
  private final JsonNode node;
  private final Set<String> asked = new HashSet<>();

  private StrictObject(String document, String path, JsonNode node) {
    this.document = document;
    this.path = path;
    this.node = node;
  }

  /** Parses a document; {@code document} names it in every message. */
  static StrictObject parse(byte[] json, String document) throws ModelException {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JacksonException e) {
      throw new ModelException(
          document + " is not valid JSON: " + e.getOriginalMessage() + at(e), e);
    } catch (IOException e) {
      throw new ModelException(document + " cannot be read: " + e.getMessage(), e);
    }
    if (!root.isObject()) {
      throw new ModelException(document + " must hold one JSON object");
    }
    return new StrictObject(document, "", root);
  }

  private static String at(JacksonException e) {
    return e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
  }

  boolean has(String key) {
    asked.add(key);
    return node.hasNonNull(key);
  }

  String text(String key) throws ModelException {
    return text(required(key), path + key);
  }

  /** Empty where the key is missing, null or an empty text. */
  String optionalText(String key) throws ModelException {
    return !has(key) || node.get(key).asText().isEmpty() ? "" : text(key);
  }

  double number(String key) throws ModelException {
    return number(required(key), path + key);
  }

  int integer(String key, int least) throws ModelException {
    return integer(required(key), path + key, least);
  }

  StrictObject object(String key) throws ModelException {
    return object(required(key), path + key);
  }

  List<StrictObject> objects(String key) throws ModelException {
    return list(key, this::object);
  }

  List<String> texts(String key) throws ModelException {
    return list(key, this::text);
  }

  List<Integer> integers(String key, int least) throws ModelException {
    return list(key, (item, where) -> integer(item, where, least));
  }

  float[] floats(String key) throws ModelException {
    List<Double> numbers = list(key, this::number);
    float[] floats = new float[numbers.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = numbers.get(i).floatValue();
    }
    return floats;
  }

  /** The value of every key, whatever the keys are: lists of numbers by name. */
  Map<String, float[]> floatsByName() throws ModelException {
    Map<String, float[]> all = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      all.put(property.getKey(), floats(property.getKey()));
    }
    return all;
  }

  /** Refuses keys that nobody asked for. */
  void end() throws ModelException {
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      if (!asked.contains(property.getKey())) {
        throw new ModelException(
            document + " has the unknown key '" + path + property.getKey() + "'");
      }
    }
  }

  ModelException wrong(String key, String wanted) {
    return mismatch(path + key, wanted);
  }

  private JsonNode required(String key) throws ModelException {
    if (!has(key)) {
      throw new ModelException(document + " lacks the key '" + path + key + "'");
    }
    return node.get(key);
  }

  private StrictObject object(JsonNode value, String where) throws ModelException {
    if (!value.isObject()) {
      throw mismatch(where, "be an object");
    }
    return new StrictObject(document, where + ".", value);
  }

  private String text(JsonNode value, String where) throws ModelException {
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw mismatch(where, "be a text");
    }
    return value.textValue();
  }

  private double number(JsonNode value, String where) throws ModelException {
    if (!value.isNumber() || !Float.isFinite(value.floatValue())) {
      throw mismatch(where, "be a number within the range of float32");
    }
    return value.doubleValue();
  }

  private int integer(JsonNode value, String where, int least) throws ModelException {
    if (!value.isInt() || value.intValue() < least) {
      throw mismatch(where, "be a whole number of at least " + least);
    }
    return value.intValue();
  }

  private <T> List<T> list(String key, Reader<T> reader) throws ModelException {
    JsonNode value = required(key);
    if (!value.isArray()) {
      throw mismatch(path + key, "be a list");
    }
    List<T> items = new ArrayList<>(value.size());
    for (int i = 0; i < value.size(); i++) {
      items.add(reader.read(value.get(i), path + key + "[" + i + "]"));
    }
    return items;
  }

  private ModelException mismatch(String where, String wanted) {
    return new ModelException(document + ": the key '" + where + "' must " + wanted);
  }

  private interface Reader<T> {
    T read(JsonNode value, String where) throws ModelException;
  }
}
