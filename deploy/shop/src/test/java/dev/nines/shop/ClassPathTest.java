// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** The shop must not be able to agree with the platform by sharing its code. */
class ClassPathTest {

  private static final Path MODULE = module();

  @Test
  void thePomNamesNoModuleOfOurs() throws Exception {
    var pom =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(MODULE.resolve("pom.xml").toFile());
    var dependencies = pom.getElementsByTagName("dependency");
    assertThat(dependencies.getLength()).isPositive();
    for (int i = 0; i < dependencies.getLength(); i++) {
      String group =
          ((Element) dependencies.item(i)).getElementsByTagName("groupId").item(0).getTextContent();
      assertThat(group).isNotEqualTo("dev.nines");
    }
  }

  @Test
  void noOtherJarOrFolderHoldsAClassOfOurs() throws IOException {
    List<Path> others =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(entry -> !entry.startsWith(MODULE.resolve("target")))
            .toList();
    assertThat(others).isNotEmpty();
    for (Path entry : others) {
      assertThat(entry).isRegularFile();
      assertThat(ours(entry)).as(entry.toString()).isEmpty();
    }
  }

  @Test
  void theModuleItselfHoldsThePackagesOfTheShopOnly() throws IOException {
    for (URI root : roots()) {
      try (Stream<Path> packages = Files.list(Path.of(root))) {
        assertThat(packages.map(p -> p.getFileName().toString())).containsExactly("shop");
      }
    }
  }

  @Test
  void noSourceImportsWhatTheShopMayNotSee() throws IOException {
    Pattern foreign = Pattern.compile("import (static )?dev\\.nines\\.(?!shop\\b)");
    try (Stream<Path> files = Files.walk(MODULE.resolve("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        assertThat(Files.readString(file)).doesNotContainPattern(foreign);
      }
    }
  }

  private static List<URI> roots() throws IOException {
    return Collections.list(ClassPathTest.class.getClassLoader().getResources("dev/nines")).stream()
        .map(url -> URI.create(url.toString()))
        .toList();
  }

  private static List<String> ours(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.startsWith("dev/nines/"))
          .toList();
    }
  }

  private static Path module() {
    try {
      URI classes = Shop.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(classes).getParent().getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
