// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sizes, names and words. A rule here holds for every file of the house. */
class TidyTest {

  private static final int LINES_MAX = 400;
  private static final int METHOD_LINES_MAX = 70;
  private static final Pattern EMPTY_NAME =
      Pattern.compile(".*(Manager|Helper|Utils?|Impl)\\.java");
  private static final Pattern PROMISE = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");
  private static final Pattern CLOCK =
      Pattern.compile("Instant\\.now\\(\\)|System\\.currentTimeMillis\\(\\)|Thread\\.sleep\\(");
  private static final Pattern TEST = Pattern.compile("@(Test|ParameterizedTest|RepeatedTest)\\b");
  private static final Pattern ASSERTION =
      Pattern.compile("\\b(assert\\w*|check\\w*|expect\\w*|verify\\w*|await\\w*|fail|sees\\w*)\\(");

  private final SourceTree tree = new SourceTree();

  @Test
  void filesAreSmall() {
    assertThat(offenders(all(), file -> SourceTree.lines(file).size() > LINES_MAX)).isEmpty();
  }

  @Test
  void methodsAreSmall() {
    assertThat(
            all()
                .flatMap(file -> Methods.of(file).stream())
                .filter(method -> method.lines() > METHOD_LINES_MAX)
                .map(method -> tree.name(method.file()) + " " + method.name()))
        .isEmpty();
  }

  @Test
  void namesSayWhatAThingIs() {
    assertThat(offenders(all(), file -> EMPTY_NAME.matcher(file.toString()).matches())).isEmpty();
  }

  @Test
  void nothingIsPromisedForLater() {
    assertThat(offenders(mainFiles(), file -> PROMISE.matcher(SourceTree.read(file)).find()))
        .isEmpty();
  }

  @Test
  void stageLibrariesTakeTheirClock() {
    Stream<Path> files =
        tree.modules().stream()
            .filter(module -> !module.startsWith("deploy/"))
            .flatMap(module -> tree.javaFiles(module, "src/main"));
    assertThat(offenders(files, file -> CLOCK.matcher(SourceTree.read(file)).find())).isEmpty();
  }

  @Test
  void testsDoNotSleep() {
    assertThat(
            offenders(
                tree.javaFiles("src/test"),
                file -> !self(file) && SourceTree.read(file).contains("Thread.sleep(")))
        .isEmpty();
  }

  @Test
  void everyTestAsserts() {
    assertThat(
            tree.javaFiles("src/test")
                .flatMap(file -> Methods.of(file).stream())
                .filter(method -> TEST.matcher(method.annotations()).find())
                .filter(method -> !ASSERTION.matcher(method.body()).find())
                .map(method -> tree.name(method.file()) + " " + method.name()))
        .isEmpty();
  }

  @Test
  void everyFileNamesItsLicence() {
    assertThat(
            offenders(
                all(), file -> !SourceTree.read(file).startsWith("// SPDX-License-Identifier")))
        .isEmpty();
  }

  private List<String> offenders(Stream<Path> files, Predicate<Path> rule) {
    return files.filter(rule).map(tree::name).toList();
  }

  private Stream<Path> all() {
    return Stream.concat(mainFiles(), tree.javaFiles("src/test"));
  }

  private Stream<Path> mainFiles() {
    return tree.javaFiles("src/main");
  }

  private static boolean self(Path file) {
    return file.endsWith("TidyTest.java");
  }
}
