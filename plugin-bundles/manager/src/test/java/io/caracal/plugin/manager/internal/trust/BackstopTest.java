package io.caracal.plugin.manager.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.testkit.FelixContainer;
import java.io.ByteArrayInputStream;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.FrameworkWiring;

/** Somebody goes around the manager. */
class BackstopTest {
  private FelixContainer container;
  private BundleContext context;
  private Bundle product;
  private Backstop backstop;

  @BeforeEach
  void start() throws Exception {
    container = FelixContainer.builder().start();
    context = container.context();
    product = install("product", TestJar.of("product", "1"));
    backstop = new Backstop(context);
    context.registerService(
        ResolverHookFactory.class, backstop, FrameworkUtil.asDictionary(Map.of()));
  }

  @AfterEach
  void stop() throws Exception {
    container.close();
  }

  private Bundle install(String location, TestJar jar) throws Exception {
    return context.installBundle(location, new ByteArrayInputStream(jar.bytes()));
  }

  @Test
  void theProductStarts() {
    assertThatCode(product::start).doesNotThrowAnyException();
  }

  @Test
  void whatNobodyVerifiedNeverStarts() throws Exception {
    Bundle bundle = install("plugin:around 1", TestJar.of("around", "1"));
    assertThatThrownBy(bundle::start).isInstanceOf(BundleException.class);
    assertThat(context.getBundle(0).adapt(FrameworkWiring.class).resolveBundles(null)).isFalse();
    assertThat(bundle.getState()).isEqualTo(Bundle.INSTALLED);
    assertThatThrownBy(() -> bundle.loadClass("any.Type"))
        .isInstanceOf(ClassNotFoundException.class);
    backstop.admit(bundle);
    bundle.start();
    assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
  }

  @Test
  void whatIsUpdatedIsAStrangerAgain() throws Exception {
    Bundle bundle = install("plugin:p", TestJar.of("p", "1"));
    backstop.admit(bundle);
    bundle.start();
    byte[] other = TestJar.of("p", "2").bytes();
    assertThatThrownBy(() -> bundle.update(new ByteArrayInputStream(other)))
        .isInstanceOf(BundleException.class);
    assertThat(bundle.getState()).isEqualTo(Bundle.INSTALLED);
    assertThatThrownBy(bundle::start).isInstanceOf(BundleException.class);
  }

  @Test
  void theProductIsNotUpdatedEither() throws Exception {
    product.start();
    byte[] other = TestJar.of("product", "1").bytes();
    assertThatThrownBy(() -> product.update(new ByteArrayInputStream(other)))
        .isInstanceOf(BundleException.class);
    assertThat(product.getState()).isEqualTo(Bundle.INSTALLED);
    assertThatThrownBy(product::start).isInstanceOf(BundleException.class);
  }

  @Test
  void aFragmentNobodyVerifiedJoinsNoBundle() throws Exception {
    install("around", TestJar.of("around", "1").header("Fragment-Host", "product").entry("extra"));
    product.start();
    assertThat(product.getResource("extra")).isNull();
    assertThat(product.getResource("caracal/card.md")).isNotNull();
  }
}
