package io.caracal.api.alert;

import io.caracal.api.flow.AddressBlock;
import io.caracal.api.flow.FlowIdentity;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;

/**
 * Which judged flows an exclusion covers: those of which everything that is given holds.
 *
 * @param detector id of the {@linkplain Detection#decisive decisive} detector; empty: any
 * @param attackClass name of the class; empty: any
 * @param source where the flow's initiator is
 * @param destination where its responder is
 * @param ports the responder's port, for TCP, UDP and SCTP
 * @param direction between the home networks and the rest
 * @param vlan a VLAN id, the outer or the inner one
 */
public record ExclusionScope(
    String detector,
    String attackClass,
    Optional<AddressBlock> source,
    Optional<AddressBlock> destination,
    Optional<Ports> ports,
    Optional<Direction> direction,
    OptionalInt vlan) {
  private static final int VLAN_BITS = 12;
  private static final int VLAN_MASK = 0xFFF;

  /** Which way a flow goes, by where its ends are. */
  public enum Direction {
    /** From outside to a home network. */
    INBOUND,
    /** From a home network to outside. */
    OUTBOUND,
    /** Between home networks, or within one. */
    INTERNAL,
    /** Between others. */
    EXTERNAL;

    /**
     * The name in commands and tables.
     *
     * @return lower case
     */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The way of a flow.
     *
     * @param fromHome whether its initiator is in a home network
     * @param toHome whether its responder is
     * @return the direction
     */
    public static Direction of(boolean fromHome, boolean toHome) {
      if (fromHome) {
        return toHome ? INTERNAL : OUTBOUND;
      }
      return toHome ? INBOUND : EXTERNAL;
    }
  }

  /**
   * A range of ports.
   *
   * @param first the lowest
   * @param last the highest
   */
  public record Ports(int first, int last) {
    /** All ports. */
    public static final Ports ALL = new Ports(0, 65_535);

    /**
     * Reads a port or a range.
     *
     * @param text such as {@code 22} or {@code 8000-8080}
     * @return the range
     * @throws IllegalArgumentException with a sentence for the operator
     */
    public static Ports of(String text) {
      if (text.matches("[0-9]{1,5}(-[0-9]{1,5})?")) {
        int dash = text.indexOf('-');
        int first = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
        int last = Integer.parseInt(text.substring(dash + 1));
        if (first <= last && last <= ALL.last) {
          return new Ports(first, last);
        }
      }
      throw new IllegalArgumentException(
          "'" + text + "' is no port or range of ports; write it like 22 or 8000-8080");
    }

    boolean contains(Ports other) {
      return first <= other.first && other.last <= last;
    }

    boolean meets(Ports other) {
      return first <= other.last && other.first <= last;
    }

    /** As {@link #of} reads it. */
    @Override
    public String toString() {
      return first == last ? String.valueOf(first) : first + "-" + last;
    }
  }

  /**
   * Whether a flow is covered, as far as that shows without asking for the detector.
   *
   * @param who the flow
   * @param called name of its class
   * @param way its direction
   * @return false if anything but the detector says no
   */
  public boolean coversFlow(FlowIdentity who, String called, Direction way) {
    return (attackClass.isEmpty() || attackClass.equals(called))
        && source.map(block -> block.contains(who.sourceBlock())).orElse(true)
        && destination.map(block -> block.contains(who.destinationBlock())).orElse(true)
        && ports.map(range -> hasPorts(who) && at(range, who)).orElse(true)
        && direction.map(way::equals).orElse(true)
        && (vlan.isEmpty() || tagged(who, vlan.getAsInt()));
  }

  private static boolean at(Ports range, FlowIdentity who) {
    return range.first <= who.destinationPort() && who.destinationPort() <= range.last;
  }

  private static boolean hasPorts(FlowIdentity who) {
    return who.protocol() == 6 || who.protocol() == 17 || who.protocol() == 132;
  }

  private static boolean tagged(FlowIdentity who, int id) {
    int tags = who.vlan();
    return (tags & VLAN_MASK) == id
        || (tags >>> VLAN_BITS != 0 && (tags >>> VLAN_BITS & VLAN_MASK) == id);
  }

  /**
   * Whether everything that another scope covers is covered by this one.
   *
   * @param other any scope
   * @return true also if they are equal
   */
  public boolean contains(ExclusionScope other) {
    return (detector.isEmpty() || detector.equals(other.detector))
        && (attackClass.isEmpty() || attackClass.equals(other.attackClass))
        && source.map(own -> other.source.map(own::contains).orElse(false)).orElse(true)
        && destination.map(own -> other.destination.map(own::contains).orElse(false)).orElse(true)
        && ports.map(own -> other.ports.map(own::contains).orElse(false)).orElse(true)
        && (direction.isEmpty() || direction.equals(other.direction))
        && (vlan.isEmpty() || vlan.equals(other.vlan));
  }

  /**
   * Whether a flow may be covered by both.
   *
   * @param other any scope
   * @return false if they contradict each other
   */
  public boolean meets(ExclusionScope other) {
    return alike(detector, other.detector)
        && alike(attackClass, other.attackClass)
        && source.map(own -> other.source.map(own::meets).orElse(true)).orElse(true)
        && destination.map(own -> other.destination.map(own::meets).orElse(true)).orElse(true)
        && ports.map(own -> other.ports.map(own::meets).orElse(true)).orElse(true)
        && (direction.isEmpty() || other.direction.isEmpty() || direction.equals(other.direction))
        && (vlan.isEmpty() || other.vlan.isEmpty() || vlan.equals(other.vlan));
  }

  private static boolean alike(String one, String other) {
    return one.isEmpty() || other.isEmpty() || one.equals(other);
  }

  /**
   * Whether nothing that is given narrows it down.
   *
   * @return true if it covers all flows, or all of IPv4 or IPv6
   */
  public boolean everything() {
    return detector.isEmpty()
        && attackClass.isEmpty()
        && source.map(block -> block.prefix() == 0).orElse(true)
        && destination.map(block -> block.prefix() == 0).orElse(true)
        && ports.map(Ports.ALL::equals).orElse(true)
        && direction.isEmpty()
        && vlan.isEmpty();
  }

  /** In the words of the command that makes it. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(" ");
    text.setEmptyValue("everything");
    if (!detector.isEmpty()) {
      text.add("detector " + detector);
    }
    if (!attackClass.isEmpty()) {
      text.add("class " + attackClass);
    }
    source.ifPresent(block -> text.add("source " + block));
    destination.ifPresent(block -> text.add("destination " + block));
    ports.ifPresent(range -> text.add("port " + range));
    direction.ifPresent(way -> text.add("direction " + way.key()));
    vlan.ifPresent(id -> text.add("vlan " + id));
    return text.toString();
  }
}
