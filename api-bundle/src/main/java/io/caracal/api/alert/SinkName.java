package io.caracal.api.alert;

import java.util.Map;

/** The names of sinks that Configuration Admin configures. */
public final class SinkName {
  private static final String SETTINGS = "set";

  private SinkName() {}

  /**
   * Names an instance after its configuration, the same in every run.
   *
   * @param configuration with the property {@code service.pid}, such as {@code
   *     io.caracal.sink.http~soc}
   * @return {@code KIND-NAME} for a file {@code io.caracal.sink.KIND-NAME.cfg}, {@code KIND} for
   *     the instance that {@code --set} makes
   */
  public static String of(Map<String, ?> configuration) {
    String pid = String.valueOf(configuration.get("service.pid"));
    String instance = pid.substring(pid.lastIndexOf('.', instanceAt(pid)) + 1);
    return instance.endsWith("~" + SETTINGS)
        ? instance.substring(0, instance.indexOf('~'))
        : instance.replace('~', '-');
  }

  /** Where the name of the instance begins; it may hold dots, the kind does not. */
  private static int instanceAt(String pid) {
    int tilde = pid.indexOf('~');
    return tilde < 0 ? pid.length() : tilde;
  }
}
