package io.caracal.engine.tribuo.internal;

import com.google.protobuf.InvalidProtocolBufferException;
import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.DetectorKind;
import io.caracal.engine.extender.LoadedModel;
import io.caracal.engine.extender.ModelDescriptor;
import io.caracal.engine.extender.ModelEngine;
import io.caracal.engine.extender.ModelException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tribuo.Model;
import org.tribuo.VariableInfo;
import org.tribuo.classification.Label;
import org.tribuo.protos.core.ModelProto;

/** Runs Tribuo classification models over flat views, whose columns are the features. */
final class TribuoEngine implements ModelEngine {
  static final String NAME = "tribuo";

  /** The label of everything that is no attack. */
  static final String BENIGN = "benign";

  private static final Logger LOG = LoggerFactory.getLogger(TribuoEngine.class);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public LoadedModel load(ModelDescriptor descriptor, byte[] bytes) throws ModelException {
    List<String> columns = columns(descriptor);
    ModelProto proto = parse(descriptor, bytes);
    Model<Label> model = model(descriptor, proto);
    List<String> labels = labels(descriptor, model);
    for (VariableInfo feature : model.getFeatureIDMap()) {
      if (!columns.contains(feature.getName())) {
        throw new ModelException(
            "the model uses the feature '"
                + feature.getName()
                + "', which is no column of "
                + descriptor.views());
      }
    }
    return new TribuoDetector(descriptor, classifier(descriptor, model, proto, labels, columns));
  }

  /** Features have a column's name without its view, so no name may stand in two views. */
  private static List<String> columns(ModelDescriptor descriptor) throws ModelException {
    if (descriptor.kind() != DetectorKind.SUPERVISED) {
      throw new ModelException("the Tribuo engine runs supervised models only");
    }
    Set<String> columns = new LinkedHashSet<>();
    for (ModelDescriptor.Input input : descriptor.inputs()) {
      if (input.shape().size() != 1) {
        throw new ModelException(
            "a Tribuo model reads views of one dimension, and " + input.view() + " has more");
      }
      for (String column : input.columns()) {
        if (!columns.add(column)) {
          throw new ModelException(
              "the views "
                  + descriptor.views()
                  + " have the column '"
                  + column
                  + "' twice, so that a feature of this name would mean either");
        }
      }
    }
    return List.copyOf(columns);
  }

  private static ModelProto parse(ModelDescriptor descriptor, byte[] bytes) throws ModelException {
    try {
      return ModelProto.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw refused(descriptor, e);
    }
  }

  private static Model<Label> model(ModelDescriptor descriptor, ModelProto proto)
      throws ModelException {
    try {
      Model<Label> model = Model.deserialize(proto).castModel(Label.class);
      if (!model.generatesProbabilities()) {
        throw new ModelException(
            "the model in caracal/" + descriptor.model() + " gives no probabilities");
      }
      return model;
    } catch (RuntimeException e) {
      throw refused(descriptor, e);
    }
  }

  private static List<String> labels(ModelDescriptor descriptor, Model<Label> model)
      throws ModelException {
    List<String> labels = new ArrayList<>(List.of(BENIGN));
    descriptor.classes().stream().map(AttackClass::name).forEach(labels::add);
    TreeSet<String> known =
        model.getOutputIDInfo().getDomain().stream()
            .map(Label::getLabel)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!known.equals(new TreeSet<>(labels))) {
      throw new ModelException(
          "the model's labels are "
              + known
              + " but caracal/model.json names, with benign, "
              + new TreeSet<>(labels));
    }
    return labels;
  }

  private static RowClassifier classifier(
      ModelDescriptor descriptor,
      Model<Label> model,
      ModelProto proto,
      List<String> labels,
      List<String> columns)
      throws ModelException {
    try {
      Optional<RowClassifier> compiled = ForestCompiler.compile(model, proto, labels, columns);
      if (compiled.isEmpty()) {
        LOG.info(
            "detector {} {} is no forest of decision trees: it runs by Tribuo's own predict",
            descriptor.id(),
            descriptor.version());
      }
      return compiled.orElseGet(() -> new LibraryClassifier(model, labels, columns));
    } catch (InvalidProtocolBufferException e) {
      throw refused(descriptor, e);
    }
  }

  private static ModelException refused(ModelDescriptor descriptor, Exception e) {
    return new ModelException(
        "caracal/" + descriptor.model() + " is no Tribuo protobuf model: " + e.getMessage(), e);
  }
}
