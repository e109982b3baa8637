package io.caracal.core.internal.exclusion;

import io.caracal.api.alert.ExclusionScope.Direction;
import io.caracal.api.flow.AddressBlock;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.plugin.Settings;
import java.util.Arrays;
import java.util.List;

/**
 * The networks that are the operator's own, by which a flow has a direction.
 *
 * @param blocks their addresses
 */
public record HomeNetworks(List<AddressBlock> blocks) {
  /** Nothing is at home. */
  static final HomeNetworks NONE = new HomeNetworks(List.of());

  private static final String KEY = "alerts.home-networks";

  /** Private (RFC 1918), shared (RFC 6598), unique local (RFC 4193), link-local and loopback. */
  private static final String OTHERWISE =
      "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10,169.254.0.0/16,127.0.0.0/8,"
          + "fc00::/7,fe80::/10,::1";

  /** Copies the list. */
  public HomeNetworks {
    blocks = List.copyOf(blocks);
  }

  /** What the settings say. */
  public static HomeNetworks of(Settings settings) {
    try {
      return new HomeNetworks(
          Arrays.stream(settings.text(KEY, OTHERWISE).split(",", -1))
              .map(String::strip)
              .map(AddressBlock::of)
              .toList());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the setting " + KEY + ": " + e.getMessage(), e);
    }
  }

  /** The direction of a flow. */
  public Direction direction(FlowIdentity who) {
    return Direction.of(home(who.sourceBlock()), home(who.destinationBlock()));
  }

  private boolean home(AddressBlock address) {
    return blocks.stream().anyMatch(block -> block.contains(address));
  }
}
