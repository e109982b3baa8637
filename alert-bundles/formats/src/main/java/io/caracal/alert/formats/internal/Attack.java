package io.caracal.alert.formats.internal;

import io.caracal.api.alert.AlertEvent;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A technique of MITRE ATT&amp;CK for Enterprise, version 17, and the tactics that it serves.
 *
 * @param id such as {@code T1498.002}
 * @param name the technique's, of a sub-technique its own; the id if it is not in the table
 * @param tactics in the order of the matrix; empty if it is not in the table
 * @see <a href="https://attack.mitre.org/matrices/enterprise/">the matrix</a>
 */
record Attack(String id, String name, List<Tactic> tactics) {
  /**
   * What an adversary wants.
   *
   * @param id such as {@code TA0007}
   * @param name such as {@code Discovery}
   */
  record Tactic(String id, String name) {}

  private static final Tactic ACCESS = new Tactic("TA0001", "Initial Access");
  private static final Tactic CREDENTIALS = new Tactic("TA0006", "Credential Access");
  private static final Tactic DISCOVERY = new Tactic("TA0007", "Discovery");
  private static final Tactic MOVEMENT = new Tactic("TA0008", "Lateral Movement");
  private static final Tactic COLLECTION = new Tactic("TA0009", "Collection");
  private static final Tactic EXFILTRATION = new Tactic("TA0010", "Exfiltration");
  private static final Tactic CONTROL = new Tactic("TA0011", "Command and Control");
  private static final Tactic IMPACT = new Tactic("TA0040", "Impact");

  private static final Map<String, Attack> TABLE =
      Map.ofEntries(
          entry("T1021", "Remote Services", MOVEMENT),
          entry("T1046", "Network Service Discovery", DISCOVERY),
          entry("T1048", "Exfiltration Over Alternative Protocol", EXFILTRATION),
          entry("T1071", "Application Layer Protocol", CONTROL),
          entry("T1110", "Brute Force", CREDENTIALS),
          entry("T1190", "Exploit Public-Facing Application", ACCESS),
          entry("T1498", "Network Denial of Service", IMPACT),
          entry("T1498.002", "Reflection Amplification", IMPACT),
          entry("T1557", "Adversary-in-the-Middle", CREDENTIALS, COLLECTION),
          entry("T1572", "Protocol Tunneling", CONTROL));

  private static Map.Entry<String, Attack> entry(String id, String name, Tactic... tactics) {
    return Map.entry(id, new Attack(id, name, List.of(tactics)));
  }

  /** The techniques of the classes of an alert, that of most flows first. */
  static List<Attack> of(AlertEvent alert) {
    return alert.classes().stream()
        .map(count -> count.attackClass().technique())
        .filter(Predicate.not(String::isEmpty))
        .distinct()
        .map(Attack::of)
        .toList();
  }

  /** The tactics that techniques serve, each once. */
  static List<Tactic> tactics(List<Attack> techniques) {
    return techniques.stream().flatMap(known -> known.tactics.stream()).distinct().toList();
  }

  private static Attack of(String id) {
    return TABLE.getOrDefault(id, new Attack(id, id, List.of()));
  }

  /** The technique that a sub-technique belongs to, else itself. */
  Attack technique() {
    int dot = id.indexOf('.');
    return dot < 0 ? this : of(id.substring(0, dot));
  }

  boolean isSubtechnique() {
    return id.contains(".");
  }
}
