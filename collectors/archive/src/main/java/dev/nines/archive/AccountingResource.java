// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.archive.retention.Retention;
import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.request.Problems;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the items of the caller's tenant are. */
@Path("/api/v1/accounting")
@Produces(MediaType.APPLICATION_JSON)
public final class AccountingResource {

  private final CurrentPrincipal caller;
  private final Accounting accounting;
  private final Retention retention;
  private final InstantSource clock;

  /**
   * @param retention older entries have no rows to be compared with
   */
  public AccountingResource(
      CurrentPrincipal caller, Accounting accounting, Retention retention, InstantSource clock) {
    this.retention = retention;
    this.caller = caller;
    this.accounting = accounting;
    this.clock = clock;
  }

  /** The answer: one entry per region and signal. */
  public record Answer(Instant from, List<Entry> accounts) {}

  /** An {@link Account} with its differences. */
  public record Entry(
      String region,
      String signal,
      long offered,
      long rejected,
      long refused,
      long accepted,
      long deduplicated,
      Map<String, Long> countedOnly,
      long forwarded,
      long sampledOut,
      long stored,
      long inFlight,
      long residual,
      long duplicates) {

    static Entry of(Account account) {
      return new Entry(
          account.region(),
          account.signal(),
          account.offered(),
          account.rejected(),
          account.refused(),
          account.accepted(),
          account.deduplicated(),
          account.countedOnly(),
          account.forwarded(),
          account.sampledOut(),
          account.stored(),
          account.inFlight(),
          account.residual(),
          account.duplicates());
    }
  }

  /**
   * @param from RFC 3339; by default two days less than spans and points are kept
   */
  @GET
  public Answer read(@QueryParam("from") @Nullable String from) {
    try {
      String tenant = caller.principal().tenant();
      Instant start =
          from == null
              ? clock.instant().minus(retention.complete(tenant))
              : Parameters.time("from", from);
      List<Entry> entries = accounting.read(tenant, start).stream().map(Entry::of).toList();
      return new Answer(start, entries);
    } catch (IllegalArgumentException e) {
      throw Problems.badFields(List.of(String.valueOf(e.getMessage())));
    }
  }
}
