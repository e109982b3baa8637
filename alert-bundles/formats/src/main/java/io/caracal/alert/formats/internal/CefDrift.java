package io.caracal.alert.formats.internal;

import io.caracal.api.alert.DriftEvent;

/** A drift event in CEF. */
record CefDrift(DriftEvent drift) {
  private static final int NOTICED = 5;
  private static final int QUIET = 1;

  CefLine line(String version) {
    return new CefLine(version, "drift", "drift of normal traffic", severity(drift))
        .time("rt", drift.timeNanos())
        .put("cat", "drift")
        .put("msg", new DriftWords(drift).text())
        .time("start", drift.sinceNanos())
        .custom("cs1", "Reference", drift.reference())
        .custom("cn1", "Hosts", Integer.toString(drift.hosts()))
        .custom("cfp1", "Index", (float) drift.index())
        .put("CaracalState", drift.state().key());
  }

  static int severity(DriftEvent drift) {
    return drift.state().quiet() ? QUIET : NOTICED;
  }
}
