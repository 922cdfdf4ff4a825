// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The repository as text. */
final class SourceTree {

  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

  private final Path root;

  SourceTree() {
    root = Path.of(System.getProperty("nines.root"));
  }

  Path root() {
    return root;
  }

  /** Module folders relative to the root, as the parent pom lists them. */
  List<String> modules() {
    Matcher matcher = MODULE.matcher(read(root.resolve("pom.xml")));
    return matcher.results().map(result -> result.group(1)).toList();
  }

  /** All Java files below a folder of each module, such as {@code src/main}. */
  Stream<Path> javaFiles(String below) {
    return modules().stream().flatMap(module -> javaFiles(module, below));
  }

  Stream<Path> javaFiles(String module, String below) {
    Path folder = root.resolve(module).resolve(below);
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> lines(Path file) {
    return read(file).lines().toList();
  }

  String name(Path file) {
    return root.relativize(file).toString();
  }
}
