package io.caracal.capture.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.caracal.api.packet.PacketSource;
import io.caracal.api.packet.SourceRequest;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Pcap4jSourceTest {
  private static final String LIBRARY = "org.pcap4j.core.pcapLibName";
  private static final SourceRequest LOOPBACK = SourceRequest.live("lo", "", 65535, 0, 20, true);

  @AfterEach
  void forgetLibrary() {
    System.clearProperty(LIBRARY);
  }

  @Test
  void servesInterfacesOnly() {
    PacketSource source = new Pcap4jSource();
    assertThat(source.name()).isEqualTo("pcap4j");
    assertThat(source.supports(LOOPBACK)).isTrue();
    assertThat(source.supports(SourceRequest.file("x"))).isFalse();
  }

  @Test
  void withoutLibpcapItNamesThePackage() {
    System.setProperty(LIBRARY, "libthere-is-no-such.so.7");
    assertThatIOException()
        .isThrownBy(() -> new Pcap4jSource().open(LOOPBACK).close())
        .withMessageStartingWith("lo cannot be captured")
        .withMessageContaining("libpcap0.8");
  }

  /** A class loader that has neither pcap4j nor JNA must be enough until a live request comes. */
  @Test
  void needsNoPcap4jBeforeItIsAsked() throws Exception {
    URL own = Pcap4jSource.class.getProtectionDomain().getCodeSource().getLocation();
    URL api = PacketSource.class.getProtectionDomain().getCodeSource().getLocation();
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader bare = new URLClassLoader(new URL[] {own, api}, platform)) {
      Class<?> type = Class.forName(Pcap4jSource.class.getName(), true, bare);
      Object source = type.getConstructor().newInstance();
      assertThat(type.getDeclaredMethods()).isNotEmpty();
      assertThat(type.getMethod("name").invoke(source)).isEqualTo("pcap4j");
    }
  }
}
