// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.nines.server.access.ServedMethods;
import dev.nines.server.rest.QueryParameter;
import dev.nines.server.rest.RestMethod;
import dev.nines.server.rest.RestMethods;
import io.swagger.v3.parser.OpenAPIV3Parser;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * The document against the code that it describes. Whoever adds a REST method adds its part to the
 * file of the resource's name, beside the resource in {@code src/main/resources}.
 */
class OpenApiTest {

  private static final String WHERE =
      "Describe it in %s, in src/main/resources of the module of that class.";
  private static final int SUMMARY_MAX = 100;

  private final List<RestMethod> methods = new RestMethods(ServedMethods.classes()).all();
  private final ObjectNode document = OpenApi.of(methods);

  private record Example(String where, JsonNode schema, JsonNode value) {}

  @Test
  void itIsValid() {
    assertThat(new OpenAPIV3Parser().readContents(document.toString()).getMessages()).isEmpty();
    assertThat(document.path("openapi").asText()).startsWith("3.1.");
  }

  /** A comma in an unquoted text of a flow mapping ends the text and begins a key without value. */
  @Test
  void noTextIsCutByAComma() {
    assertThat(nulls(document)).isEmpty();
  }

  private static List<String> nulls(JsonNode node) {
    return Stream.concat(
            node.properties().stream()
                .filter(each -> each.getValue().isNull())
                .map(Map.Entry::getKey),
            StreamSupport.stream(node.spliterator(), false).flatMap(each -> nulls(each).stream()))
        .toList();
  }

  @Test
  void everyMethodIsDescribedAndNothingElse() {
    for (RestMethod method : methods) {
      assertThat(operation(method).isObject())
          .as("%s %s is not described. " + WHERE, method.verb(), method.path(), file(method))
          .isTrue();
    }
    List<String> served = methods.stream().map(each -> each.verb() + " " + each.path()).toList();
    assertThat(described()).containsExactlyInAnyOrderElementsOf(served);
  }

  @Test
  void everyParameterIsDescribedAsItIsRead() {
    for (RestMethod method : methods) {
      assertThat(names(method, "query"))
          .as("query parameters of %s. " + WHERE, method.qualifiedName(), file(method))
          .containsExactlyInAnyOrderElementsOf(
              method.query().stream().map(QueryParameter::name).toList());
      assertThat(names(method, "path"))
          .as("path parameters of %s. " + WHERE, method.qualifiedName(), file(method))
          .allMatch(name -> method.path().contains("{" + name + "}"))
          .hasSize(method.path().split("\\{", -1).length - 1);
      method.query().forEach(parameter -> assertSameShape(method, parameter));
    }
  }

  private void assertSameShape(RestMethod method, QueryParameter parameter) {
    JsonNode schema =
        parameters(method)
            .filter(each -> each.path("name").asText().equals(parameter.name()))
            .findFirst()
            .orElseThrow()
            .path("schema");
    String where = method.qualifiedName() + ", parameter " + parameter.name();
    assertThat(schema.path("type").asText().equals("array"))
        .as(where)
        .isEqualTo(parameter.repeats());
    if (parameter.kind() == QueryParameter.Kind.BOOLEAN) {
      assertThat(schema.path("type").asText()).as(where).isEqualTo("boolean");
    }
    if (parameter.absent() != null) {
      assertThat(schema.path("default").asText()).as(where).isEqualTo(parameter.absent());
    }
  }

  @Test
  void everyParameterSaysWhatItIs() {
    for (RestMethod method : methods) {
      parameters(method)
          .forEach(
              each ->
                  assertThat(each.path("description").asText())
                      .as("parameter %s of %s", each.path("name"), method.qualifiedName())
                      .hasSizeGreaterThan(10)
                      .endsWith("."));
    }
  }

  @Test
  void everyMethodHasASummaryOfOneLineAndItsRight() {
    for (RestMethod method : methods) {
      JsonNode operation = operation(method);
      assertThat(operation.path("summary").asText())
          .as("summary of %s. " + WHERE, method.qualifiedName(), file(method))
          .hasSizeBetween(10, SUMMARY_MAX)
          .endsWith(".")
          .doesNotContain("\n");
      boolean open = operation.path("security").isArray();
      assertThat(operation.path("x-nines-right").asText().isEmpty())
          .as("right of " + method.qualifiedName())
          .isEqualTo(open);
    }
    assertThat(texts("operationId")).doesNotHaveDuplicates().hasSize(methods.size());
  }

  @Test
  void bodiesHaveTheMediaTypesThatAreTaken() {
    for (RestMethod method : methods) {
      JsonNode content = operation(method).path("requestBody").path("content");
      assertThat(keys(content))
          .as("body of %s. " + WHERE, method.qualifiedName(), file(method))
          .containsExactlyInAnyOrderElementsOf(method.consumes());
      content.forEach(
          each ->
              assertThat(each.has("example") || each.has("examples"))
                  .as("an example of the body of " + method.qualifiedName())
                  .isTrue());
    }
  }

  @Test
  void answersHaveTheMediaTypesThatAreMade() {
    for (RestMethod method : methods) {
      JsonNode answers = operation(method).path("responses");
      Optional<JsonNode> good =
          Stream.of("200", "204").filter(answers::has).map(answers::path).findFirst();
      assertThat(good)
          .as("good answer of %s. " + WHERE, method.qualifiedName(), file(method))
          .isPresent();
      if (!method.produces().isEmpty()) {
        assertThat(keys(good.get().path("content")))
            .as("answer of %s. " + WHERE, method.qualifiedName(), file(method))
            .containsExactlyInAnyOrderElementsOf(method.produces());
      }
    }
  }

  @Test
  void everyExampleIsOfItsSchema() {
    List<Example> examples = examples();
    assertThat(examples).hasSizeGreaterThan(15);
    SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    for (Example example : examples) {
      ObjectNode schema = example.schema().deepCopy();
      schema.set("components", document.path("components"));
      assertThat(schemas.getSchema(schema).validate(example.value())).as(example.where()).isEmpty();
    }
  }

  @Test
  void aForgottenMethodIsFound() {
    assertThat(operation(RestMethod.of(Forgotten.class).getFirst()).isMissingNode()).isTrue();
  }

  @Path("/forgotten")
  static final class Forgotten {
    @GET
    public String read() {
      return "";
    }
  }

  private List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    for (RestMethod method : methods) {
      JsonNode operation = operation(method);
      Stream.concat(
              Stream.of(operation.path("requestBody")),
              StreamSupport.stream(operation.path("responses").spliterator(), false))
          .flatMap(each -> StreamSupport.stream(each.path("content").spliterator(), false))
          .forEach(
              media -> {
                JsonNode schema = media.path("schema");
                if (media.has("example")) {
                  examples.add(new Example(method.qualifiedName(), schema, media.path("example")));
                }
                media
                    .path("examples")
                    .forEach(
                        each ->
                            examples.add(
                                new Example(method.qualifiedName(), schema, each.path("value"))));
              });
    }
    return examples;
  }

  private JsonNode operation(RestMethod method) {
    return document.path("paths").path(method.path()).path(method.verb().toLowerCase(Locale.ROOT));
  }

  private Stream<JsonNode> parameters(RestMethod method) {
    return StreamSupport.stream(operation(method).path("parameters").spliterator(), false);
  }

  private List<String> names(RestMethod method, String in) {
    return parameters(method)
        .filter(each -> each.path("in").asText().equals(in))
        .map(each -> each.path("name").asText())
        .toList();
  }

  private List<String> described() {
    return document.path("paths").properties().stream()
        .flatMap(
            path ->
                keys(path.getValue()).stream()
                    .map(verb -> verb.toUpperCase(Locale.ROOT) + " " + path.getKey()))
        .toList();
  }

  private List<String> texts(String key) {
    return document.path("paths").findValuesAsText(key);
  }

  private static List<String> keys(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static String file(RestMethod method) {
    return method.resource().getName().replace('.', '/') + ".yaml";
  }
}
