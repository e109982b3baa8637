package io.caracal.core.internal.ensemble;

import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.DetectorDescription;
import io.caracal.api.detect.DetectorKind;
import io.caracal.api.detect.Ensemble;
import io.caracal.testkit.EnsembleContract;
import java.util.List;
import java.util.Map;

class LogisticEnsembleContractTest extends EnsembleContract {
  @Override
  protected Ensemble ensemble() {
    return LogisticEnsembleTest.ensemble();
  }

  @Override
  protected List<DetectorDescription> detectors() {
    return List.of(
        detector("forest", DetectorKind.SUPERVISED, List.of(new AttackClass("scan", "T1046"))),
        detector("autoencoder", DetectorKind.UNSUPERVISED, List.of()),
        detector("stranger", DetectorKind.UNSUPERVISED, List.of()));
  }

  private static DetectorDescription detector(
      String id, DetectorKind kind, List<AttackClass> classes) {
    return new DetectorDescription(
        id, "1.0.0", "", kind, List.of("cic"), classes, "", "", 0, 0.5, Map.of());
  }
}
