// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Names an SLO across tenants; written {@code tenant/name}. A component of a composite has the
 * composite's name, a dot and one of its own: no name that a file gives has a dot.
 */
public record SloId(String tenant, String name) implements Comparable<SloId> {

  private static final char DOT = '.';

  @JsonCreator
  public static SloId parse(String text) {
    int slash = text.indexOf('/');
    if (slash <= 0 || slash == text.length() - 1) {
      throw new IllegalArgumentException("not tenant/name: " + text);
    }
    return new SloId(text.substring(0, slash), text.substring(slash + 1));
  }

  /** A component of this composite. */
  public SloId component(String own) {
    return new SloId(tenant, name + DOT + own);
  }

  public boolean isComponent() {
    return name.indexOf(DOT) >= 0;
  }

  /**
   * The composite that this is a component of; itself where it is none. Counts have it as their
   * key, so that one partition has all of a composite.
   */
  public SloId whole() {
    return isComponent() ? new SloId(tenant, name.substring(0, name.indexOf(DOT))) : this;
  }

  @Override
  public int compareTo(SloId other) {
    return toString().compareTo(other.toString());
  }

  @JsonValue
  @Override
  public String toString() {
    return tenant + "/" + name;
  }
}
