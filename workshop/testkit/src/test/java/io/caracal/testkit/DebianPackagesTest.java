package io.caracal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DebianPackagesTest {
  @Test
  void aProgramRunsFromWhereItWasUnpacked() throws Exception {
    DebianPackages packages = DebianPackages.of("hello");
    Process hello = packages.command("/usr/bin/hello", "--greeting=lynx").start();
    assertThat(new String(hello.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("lynx\n");
    assertThat(hello.waitFor()).isZero();
  }
}
