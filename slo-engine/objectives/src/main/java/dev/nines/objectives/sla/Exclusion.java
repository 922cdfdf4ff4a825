// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A stretch that somebody declared excluded. Whether it counts is ruled by the contract.
 *
 * @param customer whose contract; empty means all of the tenant
 * @param slo empty means every service of the contract
 * @param from a whole minute, and so {@code to}, which is exclusive
 * @param announcedAt when the customer was told
 * @param declaredAt when it was put down here, by the server's clock
 */
public record Exclusion(
    String id,
    String customer,
    String slo,
    Kind kind,
    Instant from,
    Instant to,
    Instant announcedAt,
    Instant declaredAt,
    String reason) {

  /** Why a stretch may be left out. */
  public enum Kind {
    MAINTENANCE("maintenance"),
    FORCE_MAJEURE("force-majeure"),
    CUSTOMER("customer"),
    SUSPENSION("suspension"),
    NETWORK("network");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }

    public static Optional<Kind> of(String word) {
      return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    public static List<String> words() {
      return Arrays.stream(values()).map(Kind::word).toList();
    }
  }
}
