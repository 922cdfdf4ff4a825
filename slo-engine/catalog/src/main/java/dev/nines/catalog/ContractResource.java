// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import dev.nines.catalog.Contracts.Put;
import dev.nines.journal.Json;
import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.request.Problems;
import dev.nines.objectives.request.Problems.FieldViolation;
import dev.nines.objectives.sla.Agreements;
import dev.nines.objectives.sla.Contract;
import dev.nines.objectives.sla.ContractReader;
import dev.nines.objectives.sla.ParsedContract;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Service level agreements as code, one for each customer. */
@Path("/api/v1/contracts")
@Produces(MediaType.APPLICATION_JSON)
public class ContractResource {

  private final CurrentPrincipal caller;
  private final Contracts contracts;

  /** A contract as lists show it. */
  record View(
      String customer,
      String displayName,
      int version,
      String validFrom,
      Instant madeAt,
      List<String> slos) {}

  public ContractResource(CurrentPrincipal caller, Contracts contracts) {
    this.caller = caller;
    this.contracts = contracts;
  }

  /**
   * Makes a version of the contract of the customer that the text names; the same text again makes
   * none.
   *
   * @param file name that violations show
   */
  @PUT
  @Consumes({"application/yaml", "text/yaml", "application/x-yaml"})
  public String put(String yaml, @QueryParam("file") @DefaultValue("body") String file) {
    ParsedContract parsed = ContractReader.read(file, yaml);
    Contract contract =
        parsed.contract().orElseThrow(() -> Problems.badRequest(parsed.violations()));
    return switch (contracts.put(caller.principal(), contract, yaml)) {
      case Put.Made made -> answer(contract, made.version(), true);
      case Put.Same same -> answer(contract, same.version(), false);
      case Put.UnknownSlos unknown ->
          throw refused(unknown.names(), "slo", "unknown-slo", "there is no such SLO");
      case Put.WithoutGroups whole ->
          throw refused(
              whole.names(), "group", "no-groups", "the SLO has no annotation nines.dev/group");
      case Put.OfComposites(var components) ->
          throw Problems.badRequest(
              components.entrySet().stream().map(ContractResource::composite).toList());
      case Put.TooMany many ->
          throw Problems.of(
              Response.Status.REQUEST_ENTITY_TOO_LARGE,
              "at most " + many.customersMax() + " customers may have contracts",
              List.of());
    };
  }

  @GET
  public String list() {
    return Json.write(
        Map.of(
            "contracts",
            contracts.list(caller.principal().tenant()).stream()
                .map(ContractResource::view)
                .toList()));
  }

  /** The text as it was put. */
  @GET
  @Path("/{customer}")
  @Produces("application/yaml")
  public String get(@PathParam("customer") String customer) {
    return contracts
        .latest(caller.principal().tenant(), customer)
        .map(Agreements.Version::yaml)
        .orElseThrow(() -> unknown(customer));
  }

  /** Ends the contract; its reports stay, and what was known before can still be read. */
  @DELETE
  @Path("/{customer}")
  public String end(@PathParam("customer") String customer) {
    if (!contracts.end(caller.principal(), customer)) {
      throw unknown(customer);
    }
    return Json.write(Map.of("customer", customer, "ended", true));
  }

  private static String answer(Contract contract, int version, boolean changed) {
    return Json.write(
        Map.of("customer", contract.customer(), "version", version, "changed", changed));
  }

  private static RuntimeException refused(
      List<String> slos, String field, String rule, String message) {
    return Problems.badRequest(
        slos.stream()
            .map(name -> new FieldViolation("spec.services." + field, rule, name, message))
            .toList());
  }

  private static FieldViolation composite(Map.Entry<String, List<String>> named) {
    String message =
        "is a composite, which has no minutes; name its components: "
            + String.join(", ", named.getValue());
    return new FieldViolation("spec.services.slo", "composite", named.getKey(), message);
  }

  private static View view(Agreements.Version version) {
    Contract contract = version.contract();
    return new View(
        contract.customer(),
        contract.displayName(),
        version.version(),
        contract.validFrom().toString(),
        version.madeAt(),
        contract.services().stream().map(Contract.Service::slo).distinct().toList());
  }

  private static RuntimeException unknown(String customer) {
    return Problems.notFound("there is no contract of '" + customer + "'");
  }
}
