// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.rest;

import static java.util.stream.Collectors.joining;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ResourceInfo;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Every REST method of this process, whatever its roles. */
@Singleton
public final class RestMethods {

  private final List<RestMethod> all;

  @Inject
  RestMethods(BeanManager beans) {
    this(beans.getBeans(Object.class, Any.Literal.INSTANCE).stream().map(Bean::getBeanClass));
  }

  public RestMethods(Stream<Class<?>> resources) {
    all =
        resources
            .distinct()
            .flatMap(type -> RestMethod.of(type).stream())
            .sorted(Comparator.comparing(RestMethod::path).thenComparing(RestMethod::verb))
            .toList();
  }

  public List<RestMethod> all() {
    return all;
  }

  Optional<RestMethod> find(ResourceInfo called) {
    return all.stream()
        .filter(each -> each.resource() == called.getResourceClass())
        .filter(each -> each.name().equals(called.getResourceMethod().getName()))
        .findFirst();
  }

  /**
   * Why a request that matched no method was refused, for the person who sent it.
   *
   * @param status 404, 405, 406 or 415
   * @return empty when it is not this that refused it
   */
  Optional<String> explain(int status, String verb, String path) {
    List<RestMethod> here = all.stream().filter(each -> each.serves(path)).toList();
    if (here.isEmpty()) {
      return status == 404
          ? Optional.of("there is nothing at " + path + "; GET /api/v1/openapi lists what there is")
          : Optional.empty();
    }
    List<RestMethod> asked = here.stream().filter(each -> each.verb().equals(verb)).toList();
    return switch (status) {
      case 405 ->
          Optional.of(
              verb + " is not taken here, but " + words(here, each -> List.of(each.verb())));
      case 406 ->
          Optional.of(
              "the answer is " + words(asked, RestMethod::produces) + ", which Accept leaves out");
      case 415 ->
          Optional.of("the body must have the Content-Type " + words(asked, RestMethod::consumes));
      default -> Optional.empty();
    };
  }

  /** Verbs of a path, as the header Allow lists them. */
  String allowed(String path) {
    return all.stream()
        .filter(each -> each.serves(path))
        .map(RestMethod::verb)
        .collect(joining(", "));
  }

  private static String words(List<RestMethod> methods, Function<RestMethod, List<String>> words) {
    return methods.stream()
        .map(words)
        .flatMap(Collection::stream)
        .distinct()
        .sorted()
        .collect(joining(" or "));
  }
}
