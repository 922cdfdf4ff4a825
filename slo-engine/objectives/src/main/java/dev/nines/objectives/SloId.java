// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names an SLO across tenants; written {@code tenant/name}. */
public record SloId(String tenant, String name) implements Comparable<SloId> {

  @JsonCreator
  public static SloId parse(String text) {
    int slash = text.indexOf('/');
    if (slash <= 0 || slash == text.length() - 1) {
      throw new IllegalArgumentException("not tenant/name: " + text);
    }
    return new SloId(text.substring(0, slash), text.substring(slash + 1));
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
