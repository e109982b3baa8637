package io.caracal.trainer.forest;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.SimpleProvenanceProto;
import io.caracal.trainer.TrainerException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.tribuo.classification.protos.LabelProto;
import org.tribuo.common.tree.protos.LeafNodeProto;
import org.tribuo.common.tree.protos.TreeModelProto;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.protos.core.OutputProto;
import org.tribuo.protos.core.WeightedEnsembleModelProto;

/**
 * A forest's protobuf as it ships: the moments of training in its provenance are replaced by a
 * fixed one, so that the same data and seed give the same bytes, and leaves lose the labels that
 * they give a probability of 0, which is most of the file.
 */
final class ForestProto {
  private static final String MOMENT = ".DateTimeProvenance";

  private final String moment;

  private ForestProto(OffsetDateTime moment) {
    this.moment = moment.toString();
  }

  static ModelProto shipped(ModelProto model, OffsetDateTime moment) {
    return (ModelProto) new ForestProto(moment).rewritten(model);
  }

  private Message rewritten(Message message) {
    if (message instanceof SimpleProvenanceProto simple) {
      return simple.getProvenanceClassName().endsWith(MOMENT)
          ? simple.toBuilder().setValue(moment).build()
          : simple;
    }
    if (message instanceof LeafNodeProto leaf) {
      return withoutZeros(leaf);
    }
    if (message instanceof Any packed) {
      return unpacked(packed);
    }
    Message.Builder builder = message.toBuilder();
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isMapField()) {
                builder.setField(field, rewrittenField(value));
              }
            });
    return builder.build();
  }

  private Object rewrittenField(Object value) {
    if (value instanceof List<?> list) {
      List<Message> messages = new ArrayList<>();
      list.forEach(element -> messages.add(rewritten((Message) element)));
      return messages;
    }
    return rewritten((Message) value);
  }

  private Any unpacked(Any packed) {
    try {
      for (Class<? extends Message> type :
          List.<Class<? extends Message>>of(
              WeightedEnsembleModelProto.class, TreeModelProto.class, LeafNodeProto.class)) {
        if (packed.is(type)) {
          return Any.pack(rewritten(packed.unpack(type)), "");
        }
      }
      String name = packed.getTypeUrl().substring(packed.getTypeUrl().lastIndexOf('/'));
      return packed.toBuilder().setTypeUrl(name).build();
    } catch (InvalidProtocolBufferException e) {
      throw new TrainerException("Tribuo wrote a model that cannot be read back", e);
    }
  }

  private LeafNodeProto withoutZeros(LeafNodeProto leaf) {
    LeafNodeProto.Builder builder =
        leaf.toBuilder().clearScore().setOutput((OutputProto) rewritten(leaf.getOutput()));
    leaf.getScoreMap().keySet().stream()
        .sorted()
        .forEach(
            label -> {
              OutputProto output = leaf.getScoreOrThrow(label);
              if (score(output) > 0) {
                builder.putScore(label, (OutputProto) rewritten(output));
              }
            });
    return builder.build();
  }

  private static double score(OutputProto output) {
    try {
      return output.getSerializedData().unpack(LabelProto.class).getScore();
    } catch (InvalidProtocolBufferException e) {
      throw new TrainerException("Tribuo wrote a label that cannot be read back", e);
    }
  }
}
