// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The OpenAPI document as the running product serves it, and answers held against it. */
final class ApiDocument {

  private final JsonNode document;
  private final SchemaRegistry schemas =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  ApiDocument(JsonNode document) {
    this.document = document;
  }

  static ApiDocument of(Up up) {
    HttpResponse<String> answer = up.http().get("/api/v1/openapi");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ApiDocument(Http.json(answer));
  }

  /**
   * @param right empty when it is public
   * @param bodyType empty when it takes no body
   */
  record Operation(
      String id,
      String verb,
      String path,
      Optional<String> right,
      Optional<String> bodyType,
      JsonNode json) {

    /** Nothing has the name {@code none}: what is let through changes nothing. */
    HttpResponse<String> harmless(Http caller) {
      return call(caller, path.replaceAll("\\{[^}]+}", "none"), "{}");
    }

    /** With the examples of its parameters, and a body. */
    HttpResponse<String> asDocumented(Http caller, String body) {
      String filled = path;
      List<String> query = new ArrayList<>();
      for (JsonNode parameter : json.path("parameters")) {
        JsonNode schema = parameter.path("schema");
        String name = parameter.path("name").asText();
        String example =
            schema.path("example").asText(schema.path("items").path("example").asText());
        if (parameter.path("in").asText().equals("path")) {
          filled = filled.replace("{" + name + "}", example);
        } else if (!example.isEmpty() && !name.equals("q")) {
          query.add(name + "=" + URLEncoder.encode(example, StandardCharsets.UTF_8));
        }
      }
      return call(caller, filled + (query.isEmpty() ? "" : "?" + String.join("&", query)), body);
    }

    private HttpResponse<String> call(Http caller, String at, String body) {
      return bodyType.isPresent()
          ? caller.send(
              verb,
              at,
              bodyType.get(),
              bodyType.get().endsWith("json") ? body : body.equals("{}") ? "" : body)
          : caller.send(verb, at);
    }
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> verb : path.getValue().properties()) {
        JsonNode json = verb.getValue();
        operations.add(
            new Operation(
                json.path("operationId").asText(),
                verb.getKey().toUpperCase(Locale.ROOT),
                path.getKey(),
                Optional.ofNullable(json.get("x-nines-right")).map(JsonNode::asText),
                first(json.path("requestBody").path("content")),
                json));
      }
    }
    return operations;
  }

  /** The status is one that the operation can answer, the body one of that status. */
  void checkAnswer(Operation operation, HttpResponse<String> answer) {
    String where = operation.id() + " answers " + answer.statusCode() + ": " + answer.body();
    JsonNode documented =
        operation.json().path("responses").path(String.valueOf(answer.statusCode()));
    JsonNode resolved =
        documented.has("$ref")
            ? document.at(documented.path("$ref").asText().substring(1))
            : documented;
    assertThat(resolved.isObject()).as(where).isTrue();
    if (answer.statusCode() == 204) {
      return;
    }
    String type = Http.contentType(answer).replaceAll(";.*", "");
    JsonNode media =
        resolved.path("content").properties().stream()
            .filter(each -> each.getKey().replaceAll(";.*", "").equalsIgnoreCase(type))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow(() -> new AssertionError(type + " is not documented: " + where));
    if (type.endsWith("json")) {
      assertThat(answer.body()).as(where).doesNotContain(":0E-");
      isOf(media.path("schema"), answer, where);
    }
  }

  /** RFC 9457, as the document says it. */
  void checkProblem(HttpResponse<String> answer, int status) {
    String where = status + " expected, not " + answer.statusCode() + ": " + answer.body();
    assertThat(answer.statusCode()).as(where).isEqualTo(status);
    assertThat(Http.contentType(answer)).as(where).isEqualTo("application/problem+json");
    isOf(document.path("components").path("schemas").path("Problem"), answer, where);
    assertThat(Http.json(answer).path("status").asInt()).as(where).isEqualTo(status);
  }

  private void isOf(JsonNode schema, HttpResponse<String> answer, String where) {
    ObjectNode whole = schema.deepCopy();
    whole.set("components", document.path("components"));
    assertThat(
            schemas.getSchema(whole).validate(Http.json(answer)).stream()
                .map(Object::toString)
                .collect(Collectors.joining("\n")))
        .as(where)
        .isEmpty();
  }

  private static Optional<String> first(JsonNode content) {
    return content.properties().stream().map(Map.Entry::getKey).findFirst();
  }
}
