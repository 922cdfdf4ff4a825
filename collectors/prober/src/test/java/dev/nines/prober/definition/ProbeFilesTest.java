// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.definition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nines.objectives.openslo.Violation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeFilesTest {

  private static final Path EXAMPLES =
      Path.of(System.getProperty("nines.root"), "collectors", "prober", "examples");

  @TempDir private Path folder;

  @Test
  void theExampleReadsAsItStandsThere() {
    ParsedProbes parsed = ProbeFiles.read(List.of(EXAMPLES.resolve("probes.yaml")));
    assertThat(parsed.violations()).isEmpty();
    assertThat(parsed.probes())
        .containsExactly(
            new Probe(
                "checkout-page",
                Duration.ofSeconds(10),
                Duration.ofSeconds(3),
                new HttpCheck(
                    "GET",
                    Map.of(),
                    Optional.empty(),
                    Set.of(),
                    Optional.of("Pay now"),
                    1,
                    new TlsRules(Optional.empty(), Optional.of(Duration.ofDays(14)))),
                List.of(
                    target("eu-west-1", "https://eu-west-1.shop.example.com/checkout"),
                    target("us-east-1", "https://us-east-1.shop.example.com/checkout"))),
            new Probe(
                "payment-api",
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                new HttpCheck(
                    "POST",
                    Map.of("Content-Type", "application/json"),
                    Optional.of("{\"card\":\"test\",\"amount\":0}"),
                    Set.of(200, 202),
                    Optional.empty(),
                    0,
                    TlsRules.DEFAULT),
                List.of(
                    target(
                        "eu-west-1", "https://pay.eu-west-1.shop.example.com/v1/authorizations"))),
            new Probe(
                "inventory-health",
                Duration.ofSeconds(10),
                Duration.ofMillis(500),
                new GrpcCheck("shop.v1.Inventory", false, TlsRules.DEFAULT),
                List.of(
                    target("eu-west-1", "grpc://inventory.eu-west-1.shop.example.com:443"),
                    target("us-east-1", "grpc://inventory.us-east-1.shop.example.com:443"))));
  }

  @Test
  void theBrokenFileHasExactlyTheErrorsBesideIt() throws IOException {
    Path file = EXAMPLES.resolve("broken.yaml");
    ParsedProbes parsed = ProbeFiles.read(List.of(file));
    String folderName = EXAMPLES + "/";
    assertThat(
            parsed.violations().stream()
                .map(violation -> violation.toString().replace(folderName, "")))
        .containsExactlyElementsOf(Files.readAllLines(EXAMPLES.resolve("broken.expected.txt")));
    assertThat(parsed.probes()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProbeFiles.require(List.of(file)))
        .withMessageStartingWith("nines.probes:\n" + file + ":2:13 apiVersion: ");
  }

  @Test
  void namesAreUniqueOverAllFiles() throws IOException {
    Path first = write("a.yaml", probe("one", "10s", "{}"));
    Path second = write("b.yaml", probe("one", "10s", "{}"));
    assertThat(ProbeFiles.read(List.of(first, second)).violations())
        .extracting(Violation::toString)
        .containsExactly(second + ":4:9 metadata.name: 'one' is also the name of a probe before");
  }

  @Test
  void theTimeoutIsHalfTheIntervalUnlessSaid() throws IOException {
    Path file = write("a.yaml", probe("one", "1s", "{}") + "---\n" + probe("two", "10m", "{}"));
    assertThat(ProbeFiles.read(List.of(file)).probes())
        .extracting(Probe::timeout)
        .containsExactly(Duration.ofMillis(500), Duration.ofSeconds(10));
  }

  @Test
  void thereAreNoMoreProbesThanTheLimit() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i <= ProbeFiles.PROBES_MAX; i++) {
      text.append("---\n").append(probe("p" + i, "10s", "{}"));
    }
    assertThat(ProbeFiles.read(List.of(write("a.yaml", text.toString()))).violations())
        .extracting(Violation::rule, Violation::message)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("length", "is probe 201; at most 200 may be"));
  }

  @Test
  void theCheckPrintsEveryErrorAndTheCount() throws IOException {
    Path good = write("a.yaml", probe("one", "10s", "{}"));
    Path noYaml = write("b.yaml", "a: [\n");
    Path none = folder.resolve("none.yaml");
    Path binary = Files.write(folder.resolve("c.yaml"), new byte[] {(byte) 0xff, 0x41});
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int code =
        ProbeFiles.check(List.of(good, noYaml, none, binary), new PrintStream(bytes, true, UTF_8));
    assertThat(code).isEqualTo(ProbeFiles.INVALID);
    assertThat(bytes.toString(UTF_8).lines())
        .hasSize(4)
        .contains(
            none + ":1:1 cannot be read: java.nio.file.NoSuchFileException: " + none,
            binary + ":1:1 is not UTF-8 text",
            "1 valid probes, 3 errors in 4 files");
    assertThat(ProbeFiles.check(List.of(good), new PrintStream(bytes, true, UTF_8)))
        .isEqualTo(ProbeFiles.VALID);
  }

  private static Target target(String region, String address) {
    return new Target(region, URI.create(address));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static String probe(String name, String interval, String http) {
    return """
        apiVersion: nines.dev/v1
        kind: Probe
        metadata:
          name: %s
        spec:
          interval: %s
          http: %s
          targets:
            - region: here
              url: http://127.0.0.1/
        """
        .formatted(name, interval, http);
  }
}
