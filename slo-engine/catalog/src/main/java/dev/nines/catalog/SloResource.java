// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nines.catalog.backfill.BackfillView;
import dev.nines.catalog.backfill.Backfills;
import dev.nines.journal.Json;
import dev.nines.objectives.CompositeIndicator;
import dev.nines.objectives.Generation;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SloStatus;
import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.ledger.Accounts.ScopeAccounts;
import dev.nines.objectives.ledger.BudgetTime;
import dev.nines.objectives.openslo.OpenSlo;
import dev.nines.objectives.openslo.Parsed;
import dev.nines.objectives.openslo.Reading;
import dev.nines.objectives.openslo.SloWriter;
import dev.nines.objectives.openslo.Source;
import dev.nines.objectives.request.Problems;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Objectives as code: apply, check, remove, and their live budgets. Bodies are JSON texts. */
@Path("/api/v1/slos")
@Produces(MediaType.APPLICATION_JSON)
public class SloResource {

  private final CurrentPrincipal caller;
  private final Catalog catalog;
  private final StatusReader statuses;
  private final Backfills backfills;
  private final Exclusions exclusions;
  private final BudgetLedger ledger;
  private final InstantSource clock;

  /**
   * @param generation that {@code slo} is of
   * @param inForce false while {@code effectiveFrom} is still to come and brings a change of it
   * @param backfill of the time before the SLO's line
   * @param status the global scope first, then regions by name; empty until events were counted
   * @param excluded null in lists, and where no approved exclusion touches the period
   */
  public record SloView(
      String name,
      long generation,
      Instant effectiveFrom,
      boolean inForce,
      Slo slo,
      @Nullable BackfillView backfill,
      List<SloStatus> status,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Excluded excluded) {}

  /**
   * The budget beside one without excluded time, both from the ledger.
   *
   * @param exclusions how many are approved
   * @param accounts the global scope first; null while the ledger's store does not answer
   */
  public record Excluded(int exclusions, @Nullable List<ScopeAccounts> accounts) {}

  /** All SLOs of the tenant, by name. */
  public record SloList(long generation, List<SloView> slos) {}

  public SloResource(
      CurrentPrincipal caller,
      Catalog catalog,
      StatusReader statuses,
      Backfills backfills,
      Exclusions exclusions,
      BudgetLedger ledger,
      InstantSource clock) {
    this.caller = caller;
    this.catalog = catalog;
    this.statuses = statuses;
    this.backfills = backfills;
    this.exclusions = exclusions;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Makes one generation of all documents of the body: an SLO replaces the one of its name.
   *
   * @param prune SLOs that are not in the body end
   * @param lenient dialects are read, with a warning for each
   * @param file name that violations show
   */
  @POST
  @Consumes({"application/yaml", "text/yaml", "application/x-yaml", "application/json"})
  public String apply(
      String yaml,
      @QueryParam("prune") boolean prune,
      @QueryParam("lenient") boolean lenient,
      @QueryParam("file") @DefaultValue("body") String file) {
    Parsed parsed = read(file, yaml, lenient);
    try {
      return Json.write(catalog.apply(caller.principal(), parsed, prune));
    } catch (Catalog.TooManyObjectives e) {
      throw tooMany(e);
    }
  }

  /** A dry run of {@link #apply}. */
  @POST
  @Path("/check")
  @Consumes({"application/yaml", "text/yaml", "application/x-yaml", "application/json"})
  public String check(
      String yaml,
      @QueryParam("prune") boolean prune,
      @QueryParam("lenient") boolean lenient,
      @QueryParam("file") @DefaultValue("body") String file) {
    Parsed parsed = read(file, yaml, lenient);
    try {
      return Json.write(catalog.check(caller.principal(), parsed, prune));
    } catch (Catalog.TooManyObjectives e) {
      throw tooMany(e);
    }
  }

  @GET
  public String list() {
    String tenant = caller.principal().tenant();
    Optional<Generation> latest = catalog.latest(tenant);
    Map<String, BackfillView> views = backfills.views(tenant);
    return Json.write(
        new SloList(
            latest.map(Generation::number).orElse(0L),
            latest.map(generation -> list(generation, views)).orElse(List.of())));
  }

  private List<SloView> list(Generation generation, Map<String, BackfillView> views) {
    Predicate<Slo> inForce = inForce(generation);
    return generation.slos().stream()
        .map(slo -> view(generation, inForce.test(slo), slo, views.get(key(slo)), null))
        .toList();
  }

  @GET
  @Path("/{name}")
  public String get(@PathParam("name") String name) {
    Generation generation =
        catalog.latest(caller.principal().tenant()).orElseThrow(() -> unknown(name));
    Slo slo =
        generation.slos().stream()
            .filter(each -> each.id().name().equals(name))
            .findFirst()
            .orElseThrow(() -> unknown(name));
    return Json.write(
        view(
            generation,
            inForce(generation).test(slo),
            slo,
            backfills.view(slo.id(), slo.line()).orElse(null),
            excluded(slo)));
  }

  /**
   * The SLOs in force as OpenSLO v1, by name.
   *
   * @param name of the only one that is wanted; empty for all
   */
  @GET
  @Path("/export")
  @Produces("application/yaml")
  public String export(@QueryParam("name") @DefaultValue("") String name) {
    List<Slo> slos =
        catalog
            .inForce(caller.principal().tenant(), clock.instant())
            .map(Generation::slos)
            .orElse(List.of())
            .stream()
            .filter(slo -> name.isEmpty() || slo.id().whole().name().equals(name))
            .toList();
    if (slos.isEmpty() && !name.isEmpty()) {
      throw Problems.notFound("no SLO '" + name + "' is in force");
    }
    return SloWriter.yaml(slos);
  }

  /** Makes a generation without the SLO. */
  @DELETE
  @Path("/{name}")
  public String remove(@PathParam("name") String name) {
    SloId id = new SloId(caller.principal().tenant(), name);
    if (id.isComponent()) {
      throw Problems.badFields(
          List.of(
              "name: is a component of '%s': apply that without it, or remove that"
                  .formatted(id.whole().name())));
    }
    return Json.write(catalog.remove(caller.principal(), name).orElseThrow(() -> unknown(name)));
  }

  private static Parsed read(String file, String yaml, boolean lenient) {
    Reading reading = lenient ? Reading.LENIENT : Reading.STRICT;
    Parsed parsed = OpenSlo.read(List.of(new Source(file, yaml)), reading);
    if (!parsed.valid()) {
      throw Problems.badRequest(parsed.violations());
    }
    return parsed;
  }

  private static String key(Slo slo) {
    return Backfills.key(slo.id(), slo.line());
  }

  /** A composite has no ledger; its components show what is excluded. */
  private @Nullable Excluded excluded(Slo slo) {
    if (slo.indicator() instanceof CompositeIndicator) {
      return null;
    }
    Instant now = clock.instant();
    BudgetTime time = BudgetTime.at(slo, now.toEpochMilli());
    int count =
        exclusions
            .approved(
                slo, Instant.ofEpochSecond(time.from()), Instant.ofEpochSecond(time.end()), now)
            .size();
    return count == 0 ? null : new Excluded(count, ledger.accounts(slo, now).orElse(null));
  }

  private SloView view(
      Generation generation,
      boolean inForce,
      Slo slo,
      @Nullable BackfillView backfill,
      @Nullable Excluded excluded) {
    return new SloView(
        slo.id().name(),
        generation.number(),
        generation.effectiveFrom(),
        inForce,
        slo,
        backfill,
        statuses.of(slo.id(), slo.line()),
        excluded);
  }

  /** Another SLO's change makes a generation, too: what it leaves as it is stays in force. */
  private Predicate<Slo> inForce(Generation latest) {
    Instant now = clock.instant();
    if (!latest.effectiveFrom().isAfter(now)) {
      return slo -> true;
    }
    List<Slo> before =
        catalog.inForce(latest.tenant(), now).map(Generation::slos).orElse(List.of());
    return Set.copyOf(before)::contains;
  }

  private static RuntimeException unknown(String name) {
    return Problems.notFound("there is no SLO '" + name + "'");
  }

  private static RuntimeException tooMany(Catalog.TooManyObjectives e) {
    return Problems.of(
        Response.Status.REQUEST_ENTITY_TOO_LARGE, String.valueOf(e.getMessage()), List.of());
  }
}
