package io.caracal.feature.internal.view;

import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowRecord;
import java.lang.reflect.Proxy;

/** A record without packets, of which every number is 0. */
final class NoFlow {
  static final FlowRecord RECORD = of(FlowRecord.class);

  private NoFlow() {}

  private static <T> T of(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> nothing(method.getReturnType())));
  }

  private static Object nothing(Class<?> type) {
    if (type == long.class) {
      return 0L;
    }
    if (type == int.class) {
      return 0;
    }
    if (type == double.class) {
      return 0.0;
    }
    if (type == boolean.class) {
      return false;
    }
    if (type == String.class) {
      return "";
    }
    if (type == EndReason.class) {
      return EndReason.CHECKPOINT;
    }
    if (type == FlowIdentity.class) {
      return new FlowIdentity(false, 0, 0, 0, 0, 0, 0, 0, 0, false);
    }
    return of(type);
  }
}
