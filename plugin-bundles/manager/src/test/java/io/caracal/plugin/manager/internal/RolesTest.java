package io.caracal.plugin.manager.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.plugin.PluginRoles;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolesTest {
  private final Roles roles = new Roles();

  @Test
  void whatIsQuarantinedIsOutOfUseBeforeAnybodyIsTold() {
    List<String> told = new ArrayList<>();
    roles.watch(() -> told.add("changed, in use: " + roles.inUse(7)));
    PluginRoles.Watch account =
        roles.onQuarantine((reason, bundle) -> told.add("bundle " + bundle + ": " + reason));
    roles.quarantine(7, "it failed");
    account.close();
    roles.quarantine(8, "nobody listens any more");
    assertThat(told)
        .containsExactly("changed, in use: false", "bundle 7: it failed", "changed, in use: false");
    assertThat(roles.inUse(9)).isTrue();
  }
}
