// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nines.server.access.AccessTable;
import dev.nines.server.access.Endpoint;
import dev.nines.server.rest.RestMethod;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The OpenAPI 3.1 document of the whole product. Each resource has its part beside it, a file of
 * its name with {@code tags}, {@code paths} and {@code components.schemas}; rights come from the
 * access table, and the errors that every method can answer from here.
 *
 * <p>Source: OpenAPI Specification 3.1.1, https://spec.openapis.org/oas/v3.1.1.html .
 */
public final class OpenApi {

  private final ObjectNode document;

  private OpenApi(ObjectNode document) {
    this.document = document;
  }

  /**
   * @throws IllegalStateException when two parts say different things of one path or schema
   */
  public static ObjectNode of(List<RestMethod> methods) {
    OpenApi api = new OpenApi(OpenApiPart.read(OpenApi.class, "openapi"));
    methods.stream()
        .map(RestMethod::resource)
        .distinct()
        .forEach(resource -> api.add(OpenApiPart.read(resource, resource.getSimpleName())));
    methods.forEach(api::complete);
    return api.document;
  }

  private void add(ObjectNode part) {
    ArrayNode tags = document.withArray("/tags");
    part.path("tags").forEach(tags::add);
    String tag = part.path("tags").path(0).path("name").asText(part.path("tag").asText());
    part.path("paths")
        .properties()
        .forEach(
            path -> {
              path.getValue().forEach(each -> ((ObjectNode) each).putArray("tags").add(tag));
              merge(document.withObject("/paths"), path.getKey(), path.getValue());
            });
    part.path("components")
        .path("schemas")
        .properties()
        .forEach(
            each ->
                put(document.withObject("/components/schemas"), each.getKey(), each.getValue()));
  }

  /** Verbs of one path may be in the parts of several resources. */
  private static void merge(ObjectNode paths, String path, JsonNode verbs) {
    ObjectNode merged = paths.withObjectProperty(path);
    verbs.properties().forEach(verb -> put(merged, verb.getKey(), verb.getValue()));
  }

  private static void put(ObjectNode into, String name, JsonNode value) {
    if (into.has(name)) {
      throw new IllegalStateException("OpenAPI: " + name + " is described twice");
    }
    into.set(name, value);
  }

  private void complete(RestMethod method) {
    JsonNode found =
        document.path("paths").path(method.path()).path(method.verb().toLowerCase(Locale.ROOT));
    if (!(found instanceof ObjectNode operation)) {
      return; // A test names it.
    }
    ObjectNode answers = operation.withObject("/responses");
    answers.properties().forEach(answer -> asProblem(answer.getKey(), answer.getValue()));
    Optional<Endpoint> endpoint = AccessTable.find(method.qualifiedName());
    if (endpoint.isEmpty()) {
      operation.putArray("security");
      return;
    }
    describeAccess(operation, endpoint.get());
    CommonErrors.of(method)
        .forEach(
            (status, name) -> {
              if (!answers.has(status)) {
                answers.putObject(status).put("$ref", "#/components/responses/" + name);
              }
            });
  }

  private static void describeAccess(ObjectNode operation, Endpoint endpoint) {
    String right = endpoint.right().name();
    operation.put("x-nines-right", right);
    ArrayNode roles = operation.putArray("x-nines-roles");
    endpoint.roles().stream().map(role -> role.word()).sorted().forEach(roles::add);
    String text = operation.path("description").asText().strip();
    operation.put(
        "description", (text.isEmpty() ? "" : text + "\n\n") + "Needs the right `" + right + "`.");
  }

  /** An error that a part only describes has the body that all errors have. */
  private static void asProblem(String status, JsonNode answer) {
    if (status.compareTo("400") >= 0
        && answer instanceof ObjectNode error
        && !error.has("$ref")
        && !error.has("content")) {
      error
          .withObject("/content")
          .withObjectProperty("application/problem+json")
          .withObject("/schema")
          .put("$ref", "#/components/schemas/Problem");
    }
  }
}
