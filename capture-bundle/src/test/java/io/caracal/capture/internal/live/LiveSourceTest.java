package io.caracal.capture.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.caracal.api.packet.PacketSource;
import io.caracal.api.packet.SourceRequest;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class LiveSourceTest {
  private static final SourceRequest LOOPBACK = SourceRequest.live("lo", "", 65535, 0, 20, true);
  private static final SourceRequest ANY = SourceRequest.live("any", "", 65535, 0, 20, true);

  @AfterEach
  void forgetLibrary() {
    System.clearProperty(LibpcapNames.PROPERTY);
  }

  @ParameterizedTest
  @EnumSource
  void servesInterfacesOnly(Live live) {
    assertThat(live.source().name()).isEqualTo(live.name().toLowerCase(java.util.Locale.ROOT));
    assertThat(live.source().supports(SourceRequest.file("x"))).isFalse();
    assumeThat(Interfaces.onLinux()).as("Linux").isTrue();
    assertThat(live.source().supports(LOOPBACK)).isTrue();
  }

  @Test
  void allInterfacesAtOnceAreLeftToLibpcap() {
    assertThat(Live.AFPACKET.source().supports(ANY)).isFalse();
    assertThat(Live.PCAP4J.source().supports(ANY)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "AFPACKET")
  void withoutLibpcapItNamesThePackage(Live live) {
    System.setProperty(LibpcapNames.PROPERTY, "libthere-is-no-such.so.7");
    assertThatIOException()
        .isThrownBy(() -> live.source().open(LOOPBACK).close())
        .withMessageStartingWith("lo cannot be captured")
        .withMessageContaining("libpcap0.8");
  }

  /** A class loader that has neither pcap4j nor JNA must be enough until a live request comes. */
  @ParameterizedTest
  @EnumSource
  void needsNothingNativeBeforeItIsAsked(Live live) throws Exception {
    URL own = live.source().getClass().getProtectionDomain().getCodeSource().getLocation();
    URL api = PacketSource.class.getProtectionDomain().getCodeSource().getLocation();
    try (BareLoader bare = new BareLoader(own, api)) {
      Class<?> type = Class.forName(live.source().getClass().getName(), true, bare);
      Object source = type.getConstructor().newInstance();
      assertThat(type.getDeclaredMethods()).isNotEmpty();
      assertThat(type.getMethod("name").invoke(source)).isEqualTo(live.source().name());
      Class<?> request = bare.loadClass(SourceRequest.class.getName());
      Object file = request.getMethod("file", String.class).invoke(null, "x");
      assertThat(type.getMethod("supports", request).invoke(source, file)).isEqualTo(false);
      assertThat(bare.hasLoaded(NativeFunctions.class)).isFalse();
    }
  }

  private static final class BareLoader extends URLClassLoader {
    BareLoader(URL... urls) {
      super(urls, ClassLoader.getPlatformClassLoader());
    }

    boolean hasLoaded(Class<?> type) {
      return findLoadedClass(type.getName()) != null;
    }
  }
}
