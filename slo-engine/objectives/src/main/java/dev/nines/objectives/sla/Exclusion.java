// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A stretch that somebody declared excluded. Whether it counts in a service level agreement is
 * ruled by the contract; budgets leave it out once it is approved.
 *
 * @param customer whose contract, and no budget; empty means all of the tenant, and budgets
 * @param slo empty means every one
 * @param from a whole minute, and so {@code to}, which is exclusive
 * @param announcedAt when the customer was told
 * @param declaredAt when it was put down here, by the server's clock
 * @param service whose SLOs; empty means every service's
 * @param regions empty means all of them
 * @param approved a second person said yes, by what was known when it was read
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
    String reason,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String service,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> regions,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean approved) {

  public Exclusion {
    service = Objects.requireNonNullElse(service, "");
    regions = regions == null ? List.of() : List.copyOf(regions);
  }

  /** Of every service and region, not approved: as contracts had them at first. */
  public Exclusion(
      String id,
      String customer,
      String slo,
      Kind kind,
      Instant from,
      Instant to,
      Instant announcedAt,
      Instant declaredAt,
      String reason) {
    this(id, customer, slo, kind, from, to, announcedAt, declaredAt, reason, "", List.of(), false);
  }

  /** Once approved, the SLO's budget leaves it out. */
  public boolean touches(Slo objective) {
    return customer.isEmpty()
        && isAbout(objective.id().name())
        && (service.isEmpty() || service.equals(objective.service()));
  }

  /** What names a composite is about its components. */
  boolean isAbout(String name) {
    return slo.isEmpty() || slo.equals(name) || slo.equals(new SloId("", name).whole().name());
  }

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
