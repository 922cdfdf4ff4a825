// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import dev.nines.catalog.StoredCapacityModels.Put;
import dev.nines.catalog.StoredCapacityModels.Version;
import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.capacity.CapacityModel;
import dev.nines.objectives.capacity.CapacityModelReader;
import dev.nines.objectives.capacity.ParsedCapacityModel;
import dev.nines.objectives.request.Problems;
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

/** What services can serve, as code. */
@Path("/api/v1/capacity/models")
@Produces(MediaType.APPLICATION_JSON)
public class CapacityModelResource {

  private final CurrentPrincipal caller;
  private final StoredCapacityModels models;

  public CapacityModelResource(CurrentPrincipal caller, StoredCapacityModels models) {
    this.caller = caller;
    this.models = models;
  }

  /**
   * @param changed false when the text was that of the version in force
   */
  public record Kept(String name, int version, boolean changed) {}

  /** A model as lists show it. */
  public record View(
      String name, String displayName, int version, Instant madeAt, List<String> services) {}

  public record Models(List<View> models) {}

  public record Ended(String name, boolean ended) {}

  /**
   * Makes a version of the model that the text names; the same text again makes none.
   *
   * @param file name that violations show
   */
  @PUT
  @Consumes({"application/yaml", "text/yaml", "application/x-yaml", MediaType.APPLICATION_JSON})
  public Kept put(String document, @QueryParam("file") @DefaultValue("body") String file) {
    ParsedCapacityModel parsed = CapacityModelReader.read(file, document);
    CapacityModel model =
        parsed.model().orElseThrow(() -> Problems.badRequest(parsed.violations()));
    return switch (models.put(caller.principal(), model, document)) {
      case Put.Made made -> new Kept(model.name(), made.version(), true);
      case Put.Same same -> new Kept(model.name(), same.version(), false);
      case Put.TooMany many ->
          throw Problems.of(
              Response.Status.REQUEST_ENTITY_TOO_LARGE,
              "at most " + many.modelsMax() + " capacity models may be in force",
              List.of());
    };
  }

  @GET
  public Models list() {
    return new Models(
        models.list(caller.principal().tenant()).stream()
            .map(CapacityModelResource::view)
            .toList());
  }

  /** The text as it was put. */
  @GET
  @Path("/{name}")
  @Produces("application/yaml")
  public String get(@PathParam("name") String name) {
    return models
        .latest(caller.principal().tenant(), name)
        .map(Version::document)
        .orElseThrow(() -> unknown(name));
  }

  /** Takes it out of force; its versions stay. */
  @DELETE
  @Path("/{name}")
  public Ended end(@PathParam("name") String name) {
    if (!models.end(caller.principal(), name)) {
      throw unknown(name);
    }
    return new Ended(name, true);
  }

  private static View view(Version version) {
    CapacityModel model = version.model();
    return new View(
        model.name(),
        model.displayName(),
        version.version(),
        version.madeAt(),
        model.services().stream().map(CapacityModel.Service::name).toList());
  }

  private static RuntimeException unknown(String name) {
    return Problems.notFound("there is no capacity model '" + name + "'");
  }
}
