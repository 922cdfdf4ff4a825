// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import dev.nines.embedded.Cache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The peer, built from pinned Go modules once per machine and source. {@code go.sum} holds the sum
 * of each module, so that what is built is what was measured.
 */
final class OtelCollectorBuild {

  private static final List<String> SOURCES = List.of("go.mod", "go.sum", "main.go");
  private static final Pattern EXPORTER = Pattern.compile("exporter/kafkaexporter (v[\\w.]+)");

  private final Path source;

  OtelCollectorBuild(Path home) {
    source = home.resolve("deploy/benchmarks/otelcol");
  }

  /** Version of the Kafka exporter, which is that of the contrib distribution. */
  String version() {
    Matcher line = EXPORTER.matcher(read("go.mod"));
    if (!line.find()) {
      throw new IllegalStateException("go.mod names no kafkaexporter");
    }
    return line.group(1);
  }

  /** The program; built now when it is not in the cache. */
  Path program(Consumer<String> say) {
    Path program = Cache.folder().resolve("otelcol-" + sum()).resolve("otelcol");
    if (!Files.exists(program)) {
      say.accept(
          "building the OpenTelemetry Collector %s (once per machine; some minutes)"
              .formatted(version()));
      build(program);
    }
    return program;
  }

  /** Complete once it has its name. */
  private void build(Path program) {
    Path half = program.resolveSibling("otelcol.half");
    Command.run(
        source,
        Map.of("CGO_ENABLED", "0", "GOFLAGS", "-mod=readonly -trimpath -buildvcs=false"),
        List.of(go(), "build", "-o", half.toString(), "."));
    try {
      Files.move(half, program, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String go() {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, "go")),
            Stream.of(Path.of("/usr/local/go/bin/go")))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElseThrow(
            () -> new BenchFailedException("Go is needed to build the peer: install Go 1.26"));
  }

  private String sum() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String file : SOURCES) {
        digest.update(Files.readAllBytes(source.resolve(file)));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private String read(String file) {
    try {
      return Files.readString(source.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
