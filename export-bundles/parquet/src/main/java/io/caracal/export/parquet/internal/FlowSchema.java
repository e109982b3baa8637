package io.caracal.export.parquet.internal;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import io.caracal.api.flow.FlowField;
import io.caracal.api.flow.ViewDescription;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.NanoSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * The columns of a file, all required: the fields of a flow, then {@code VIEW/COLUMN} for every
 * column of the views. In two spellings, for the encoders and for the footer.
 */
final class FlowSchema {
  private static final String NAME = "flow";

  private final MessageType type;
  private final List<SchemaElement> elements = new ArrayList<>();

  FlowSchema(List<ViewDescription> views) {
    List<Type> types = new ArrayList<>();
    for (FlowField field : FlowField.values()) {
      types.add(
          switch (field.type()) {
            case TEXT -> Types.required(BINARY).as(stringType()).named(field.key());
            case NUMBER -> Types.required(INT64).named(field.key());
            case TIME ->
                Types.required(INT64)
                    .as(timestampType(true, LogicalTypeAnnotation.TimeUnit.NANOS))
                    .named(field.key());
          });
      elements.add(element(field));
    }
    for (ViewDescription view : views) {
      for (String column : view.columnNames()) {
        String name = view.name() + "/" + column;
        types.add(Types.required(FLOAT).named(name));
        elements.add(element(name, org.apache.parquet.format.Type.FLOAT));
      }
    }
    type = new MessageType(NAME, types);
    elements.addFirst(new SchemaElement(NAME).setNum_children(types.size()));
  }

  private static SchemaElement element(FlowField field) {
    return switch (field.type()) {
      case TEXT ->
          element(field.key(), org.apache.parquet.format.Type.BYTE_ARRAY)
              .setConverted_type(ConvertedType.UTF8)
              .setLogicalType(LogicalType.STRING(new StringType()));
      case NUMBER -> element(field.key(), org.apache.parquet.format.Type.INT64);
      case TIME ->
          element(field.key(), org.apache.parquet.format.Type.INT64)
              .setLogicalType(
                  LogicalType.TIMESTAMP(
                      new TimestampType(true, TimeUnit.NANOS(new NanoSeconds()))));
    };
  }

  private static SchemaElement element(String name, org.apache.parquet.format.Type type) {
    return new SchemaElement(name).setType(type).setRepetition_type(FieldRepetitionType.REQUIRED);
  }

  MessageType type() {
    return type;
  }

  /** The schema as the footer lists it, the root first. */
  List<SchemaElement> elements() {
    return elements;
  }
}
