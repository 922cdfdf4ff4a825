// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.access;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Jakarta REST methods, found in the class files of the product. */
public final class ServedMethods {

  private static final String OURS = "dev/nines/";
  private static final String CLASS = ".class";

  private ServedMethods() {}

  /** {@code Resource.method} of every resource on the class path, tests left out; may repeat. */
  static List<String> onClassPath() {
    return classes().flatMap(type -> of(type).stream()).toList();
  }

  /** Every class of the product on the class path, tests left out. */
  public static Stream<Class<?>> classes() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(java.nio.file.Path::of)
        .filter(entry -> !entry.endsWith("test-classes"))
        .flatMap(ServedMethods::classFiles)
        .filter(name -> name.startsWith(OURS) && name.endsWith(CLASS))
        .map(ServedMethods::load);
  }

  /**
   * The methods that a class serves. A method with a path and no verb hands the request on to a
   * resource that the table cannot see, so it counts as well.
   */
  static List<String> of(Class<?> type) {
    if (!type.isAnnotationPresent(Path.class)) {
      return List.of();
    }
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> !method.isSynthetic() && isServed(method))
        .map(method -> type.getSimpleName() + "." + method.getName())
        .toList();
  }

  private static boolean isServed(Method method) {
    return method.isAnnotationPresent(Path.class)
        || Arrays.stream(method.getAnnotations())
            .anyMatch(each -> each.annotationType().isAnnotationPresent(HttpMethod.class));
  }

  private static Stream<String> classFiles(java.nio.file.Path entry) {
    try {
      return entry.toString().endsWith(".jar") ? inJar(entry) : inFolder(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> inJar(java.nio.file.Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream().map(each -> each.getName()).toList().stream();
    }
  }

  private static Stream<String> inFolder(java.nio.file.Path folder) throws IOException {
    try (Stream<java.nio.file.Path> files = java.nio.file.Files.walk(folder)) {
      return files.map(file -> folder.relativize(file).toString()).toList().stream();
    }
  }

  private static Class<?> load(String file) {
    String name = file.substring(0, file.length() - CLASS.length()).replace('/', '.');
    try {
      return Class.forName(name, false, ServedMethods.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(name, e);
    }
  }
}
