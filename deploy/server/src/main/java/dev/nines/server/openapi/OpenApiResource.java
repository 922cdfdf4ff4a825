// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nines.server.rest.RestMethods;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** The description of this API. Made when first asked for: a process at rest does not hold it. */
@Path("/api/v1/openapi")
public class OpenApiResource {

  private static final String YAML = "application/yaml";

  private final RestMethods methods;
  private volatile @Nullable Document document;

  private record Document(String json, String yaml) {}

  public OpenApiResource(RestMethods methods) {
    this.methods = methods;
  }

  /** YAML when Accept asks for it, else JSON. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, YAML})
  public Response read(@Context HttpHeaders headers) throws JsonProcessingException {
    Document made = document;
    if (made == null) {
      made = make();
      document = made;
    }
    boolean yaml =
        headers.getAcceptableMediaTypes().stream()
            .map(type -> type.getType() + "/" + type.getSubtype())
            .filter(type -> type.equals(MediaType.APPLICATION_JSON) || type.equals(YAML))
            .findFirst()
            .filter(YAML::equals)
            .isPresent();
    return yaml
        ? Response.ok(made.yaml(), YAML).build()
        : Response.ok(made.json(), MediaType.APPLICATION_JSON).build();
  }

  private Document make() throws JsonProcessingException {
    JsonMapper mapper = new JsonMapper();
    ObjectNode tree = OpenApi.of(methods.all());
    return new Document(
        mapper.writeValueAsString(tree), yaml(mapper.convertValue(tree, Object.class)));
  }

  private static String yaml(Object tree) {
    DumperOptions block = new DumperOptions();
    block.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    return new Yaml(block).dump(tree);
  }
}
