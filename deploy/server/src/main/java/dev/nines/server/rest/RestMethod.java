// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One REST method as its annotations declare it.
 *
 * @param verb {@code GET}
 * @param path template from the root, such as {@code /api/v1/slos/{name}}
 * @param consumes media types of the body; empty when it takes none
 * @param produces media types of the answer; empty when the method chooses
 */
public record RestMethod(
    Class<?> resource,
    String name,
    String verb,
    String path,
    List<QueryParameter> query,
    List<String> consumes,
    List<String> produces) {

  private static final Pattern VARIABLE = Pattern.compile("\\{[^}]+}");

  public RestMethod {
    query = List.copyOf(query);
    consumes = List.copyOf(consumes);
    produces = List.copyOf(produces);
  }

  /** Those of a class; none when it is no resource. */
  public static List<RestMethod> of(Class<?> type) {
    Path root = type.getAnnotation(Path.class);
    return root == null
        ? List.of()
        : Arrays.stream(type.getDeclaredMethods())
            .filter(method -> !method.isSynthetic())
            .flatMap(method -> of(type, root.value(), method).stream())
            .toList();
  }

  private static Optional<RestMethod> of(Class<?> type, String root, Method method) {
    Path below = method.getAnnotation(Path.class);
    return Arrays.stream(method.getAnnotations())
        .map(each -> each.annotationType().getAnnotation(HttpMethod.class))
        .filter(Objects::nonNull)
        .findFirst()
        .map(
            verb ->
                new RestMethod(
                    type,
                    method.getName(),
                    verb.value(),
                    join(root, below == null ? "" : below.value()),
                    query(method),
                    consumes(type, method),
                    produces(type, method)));
  }

  /** As the access table names it. */
  public String qualifiedName() {
    return resource.getSimpleName() + "." + name;
  }

  boolean serves(String requestPath) {
    StringBuilder regex = new StringBuilder();
    for (String part : path.substring(1).split("/")) {
      regex.append('/').append(VARIABLE.matcher(part).matches() ? "[^/]+" : Pattern.quote(part));
    }
    return requestPath.matches(regex + "/?");
  }

  private static String join(String root, String below) {
    String path = (root + "/" + below).replaceAll("/{2,}", "/");
    String rooted = path.startsWith("/") ? path : "/" + path;
    return rooted.endsWith("/") ? rooted.substring(0, rooted.length() - 1) : rooted;
  }

  private static List<QueryParameter> query(Method method) {
    return Arrays.stream(method.getParameters())
        .filter(each -> each.isAnnotationPresent(QueryParam.class))
        .map(QueryParameter::of)
        .toList();
  }

  /** A parameter without annotation is the body. */
  private static List<String> consumes(Class<?> type, Method method) {
    boolean body =
        Arrays.stream(method.getParameters())
            .map(Parameter::getAnnotations)
            .anyMatch(RestMethod::plain);
    Consumes types = nearest(type, method, Consumes.class);
    return body && types != null ? List.of(types.value()) : List.of();
  }

  private static boolean plain(Annotation[] annotations) {
    return Arrays.stream(annotations)
        .noneMatch(each -> each.annotationType().getPackageName().startsWith("jakarta.ws.rs"));
  }

  private static List<String> produces(Class<?> type, Method method) {
    Produces types = nearest(type, method, Produces.class);
    boolean empty = method.getReturnType() == void.class;
    return types == null || empty ? List.of() : List.of(types.value());
  }

  private static <A extends Annotation> @Nullable A nearest(
      Class<?> type, Method method, Class<A> annotation) {
    A own = method.getAnnotation(annotation);
    return own == null ? type.getAnnotation(annotation) : own;
  }
}
