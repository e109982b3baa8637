package io.caracal.engine.onnx.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.caracal.api.plugin.Settings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class DeviceSettingTest {
  @Test
  void readsTheForms() {
    assertThat(setting("auto")).isEqualTo(new DeviceSetting(true, false, 0));
    assertThat(setting("")).isEqualTo(new DeviceSetting(true, false, 0));
    assertThat(setting("cpu")).isEqualTo(new DeviceSetting(false, false, 0));
    assertThat(setting("cuda:3")).isEqualTo(new DeviceSetting(true, true, 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu", "cuda:", "cuda:x", "CPU"})
  void refusesOthers(String text) {
    assertThatThrownBy(() -> setting(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("engine.device is '" + text + "'");
  }

  @Test
  void saysOnceWhyItFallsBackToTheCpu() {
    assertThat(TestEngine.ENGINE.name()).isEqualTo("onnx");
    assertThat(fallback("cuda:0"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getLevel()).isEqualTo(Level.WARN);
              assertThat(event.getFormattedMessage())
                  .startsWith("cuda:0 is not usable, so models run on the CPU: ");
            });
    // The flavour without CUDA has nothing to tell whoever asked for nothing.
    boolean compiledIn = OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
    assertThat(fallback("auto"))
        .hasSize(compiledIn ? 1 : 0)
        .allSatisfy(event -> assertThat(event.getLevel()).isEqualTo(Level.INFO));
    assertThat(fallback("cpu")).isEmpty();
  }

  private static List<ILoggingEvent> fallback(String text) {
    Logger logger = (Logger) LoggerFactory.getLogger(Device.class);
    ListAppender<ILoggingEvent> events = new ListAppender<>();
    events.start();
    logger.addAppender(events);
    try {
      assertThat(Device.choose(setting(text), new Natives(Path.of("target", "unused"))))
          .isEqualTo(Device.CPU);
    } finally {
      logger.detachAppender(events);
    }
    return events.list;
  }

  private static DeviceSetting setting(String text) {
    return DeviceSetting.of(new Settings(key -> key.equals("caracal.engine.device") ? text : null));
  }
}
