// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which policy an incident gets: that of the first rule that matches its service, else the default.
 *
 * @param defaultPolicy null: every channel of the tenant is told
 */
public record Routing(@Nullable String defaultPolicy, List<Rule> rules) {

  static final Routing NONE = new Routing(null, List.of());

  public Routing {
    rules = List.copyOf(rules);
  }

  /**
   * @param service a name, or the start of names followed by {@code *}
   */
  public record Rule(String service, String policy) {

    boolean matches(String name) {
      return service.endsWith("*")
          ? name.startsWith(service.substring(0, service.length() - 1))
          : name.equals(service);
    }
  }

  /**
   * The policy's name.
   *
   * @param service null for an incident of the platform itself
   */
  Optional<String> policy(@Nullable String service) {
    Optional<String> matched =
        service == null
            ? Optional.empty()
            : rules.stream().filter(rule -> rule.matches(service)).map(Rule::policy).findFirst();
    return matched.or(() -> Optional.ofNullable(defaultPolicy));
  }

  boolean names(String policy) {
    return policy.equals(defaultPolicy)
        || rules.stream().anyMatch(rule -> rule.policy().equals(policy));
  }
}
