package io.caracal.plugin.manager.internal.trust;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which signer may bring which plugins: {@code acme=com.acme.,org.acme.; *=org.example.}. Each
 * signer, by its name in the trust store, has the beginnings of the symbolic names that it may
 * sign; {@code *} stands for every other signer. Empty: everybody who is trusted may bring
 * everything.
 *
 * @param prefixes by signer
 */
record AllowList(Map<String, List<String>> prefixes) {
  private static final String OTHERS = "*";

  /** Reads the setting {@code plugins.allow}. */
  static AllowList of(String text) {
    Map<String, List<String>> prefixes = new LinkedHashMap<>();
    for (String rule : text.split(";", -1)) {
      if (rule.isBlank()) {
        continue;
      }
      String[] parts = rule.split("=", -1);
      if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
        throw new IllegalArgumentException(
            "the setting plugins.allow has the rule '"
                + rule.strip()
                + "' but must be like acme=com.acme.,org.acme.; *=org.example.");
      }
      prefixes.put(
          parts[0].strip(),
          Arrays.stream(parts[1].split(",", -1))
              .map(String::strip)
              .map(prefix -> prefix.equals(OTHERS) ? "" : prefix)
              .toList());
    }
    return new AllowList(prefixes);
  }

  boolean allows(String signer, String symbolicName) {
    if (prefixes.isEmpty()) {
      return true;
    }
    List<String> own = prefixes.getOrDefault(signer, prefixes.getOrDefault(OTHERS, List.of()));
    return own.stream().anyMatch(symbolicName::startsWith);
  }
}
