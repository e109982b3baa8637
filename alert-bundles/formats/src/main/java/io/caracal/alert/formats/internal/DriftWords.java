package io.caracal.alert.formats.internal;

import io.caracal.api.alert.DriftEvent;

/** A drift event in words. */
record DriftWords(DriftEvent drift) {
  String text() {
    String change =
        switch (drift.state()) {
          case UNKNOWN -> "not enough traffic was seen to compare it with ";
          case STABLE -> "traffic is as in ";
          case SUSPECTED -> "traffic may differ from ";
          case CONCENTRATED -> "traffic differs, because of one host, from ";
          case DRIFT -> "traffic differs for long, and not by one host, from ";
        };
    return change + drift.reference();
  }
}
