// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.capacity.CapacityModel.Steering;
import dev.nines.objectives.capacity.CapacityModel.Units;
import dev.nines.objectives.openslo.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapacityModelReaderTest {

  private static final String BROKEN =
      """
      apiVersion: nines.dev/v2
      kind: CapacityModel
      metadata:
        name: The shop
      spec:
        maxUtilisation: 70
        retryAmplification: -1
        evacuationTime: 5 minutes
        steering: given
        shares:
          eu: {eu: 0.1, us: 0.9, ap: 0.2}
        services:
          - service: web
            requestsPerSecondPerUnit: 0
            startTime: 500ms
            regions:
              eu: {units: 3, maxUnits: 2}
              us: {maxUnits: 2.5}
          - service: web
            requestsPerSecondPerUnit: 10
            startTime: 1m
            regions: {}
        events:
          - {name: sale, from: Friday, to: 2026-11-28T00:00:00Z, factor: 0}
          - {from: 2026-11-28T00:00:00Z, to: 2026-11-28T00:00:00Z, factor: 2, name: none}
        extra: 1
      """;

  private static final String JSON =
      """
      {"apiVersion": "nines.dev/v1", "kind": "CapacityModel", "metadata": {"name": "j"},
       "spec": {"maxUtilisation": 0.5, "evacuationTime": "30s", "steering": "given",
        "shares": {"eu": {"us": 0.75}},
        "services": [{"service": "web", "requestsPerSecondPerUnit": 2.5, "startTime": "1m",
          "regions": {"eu": {"units": 0}, "us": {"units": 2, "maxUnits": 9}}}]}}
      """;

  @Test
  void theExampleReadsAsItIsWritten() throws IOException {
    Path file = Path.of(System.getProperty("nines.root"), "slo-engine/examples/capacity/shop.yaml");
    ParsedCapacityModel parsed = CapacityModelReader.read("shop.yaml", Files.readString(file));
    assertThat(parsed.violations()).isEmpty();
    CapacityModel model = parsed.model().orElseThrow();
    assertThat(model.name()).isEqualTo("shop");
    assertThat(model.retryAmplification()).isEqualTo(0.1);
    assertThat(model.steering()).isEqualTo(Steering.PROPORTIONAL);
    assertThat(model.services()).hasSize(12).allMatch(each -> each.regions().size() == 10);
    CapacityModel.Service payment = model.service("payment").orElseThrow();
    assertThat(payment.maxUtilisation()).isEqualTo(0.6);
    assertThat(payment.startTime()).isEqualTo(Duration.ofMinutes(10));
    assertThat(payment.units("eu-west-1")).isEqualTo(new Units(3, 6));
    assertThat(payment.units("mars-1")).isEqualTo(new Units(0, 0));
    assertThat(model.service("edge").orElseThrow().maxUtilisation()).isEqualTo(0.7);
    CapacityModel.Event sale = model.events().getFirst();
    assertThat(sale.factor()).isEqualTo(3);
    assertThat(sale.concerns("edge", "anywhere")).isTrue();
    assertThat(sale.concerns("auth", "anywhere")).isFalse();
  }

  @Test
  void jsonIsReadToo() {
    ParsedCapacityModel parsed = CapacityModelReader.read("body", JSON);
    assertThat(parsed.violations()).isEmpty();
    CapacityModel model = parsed.model().orElseThrow();
    assertThat(model.shares().get("eu")).containsOnlyKeys("us").containsValue(0.75);
    CapacityModel.Service web = model.services().getFirst();
    assertThat(web.requestsPerSecondPerUnit()).isEqualTo(2.5);
    assertThat(web.units("eu")).isEqualTo(new Units(0, 0));
    assertThat(web.units("us")).isEqualTo(new Units(2, 9));
  }

  @Test
  void everyMistakeIsToldWithItsPlace() {
    List<Violation> violations = CapacityModelReader.read("m.yaml", BROKEN).violations();
    assertThat(violations)
        .extracting(each -> each.line() + " " + each.path() + " " + each.rule())
        .containsExactly(
            "1 apiVersion one-of",
            "4 metadata.name dns-label",
            "6 spec.maxUtilisation range",
            "7 spec.retryAmplification range",
            "8 spec.evacuationTime duration",
            "11 spec.shares.eu sum",
            "11 spec.shares.eu.eu itself",
            "14 spec.services[0].requestsPerSecondPerUnit range",
            "15 spec.services[0].startTime duration",
            "17 spec.services[0].regions.eu.maxUnits order",
            "18 spec.services[0].regions.us.units required",
            "18 spec.services[0].regions.us.maxUnits whole",
            "19 spec.services[1] duplicate",
            "22 spec.services[1].regions length",
            "24 spec.events[0].from time",
            "24 spec.events[0].factor range",
            "25 spec.events[1].to order",
            "26 spec.extra unknown-field");
  }

  @Test
  void sharesBelongToSteeringThatIsGiven() {
    assertThat(rules(JSON.replace("\"given\"", "\"even\""))).containsExactly("unused");
    assertThat(rules(JSON.replace("\"shares\": {\"eu\": {\"us\": 0.75}},", "")))
        .containsExactly("required");
    assertThat(rules(JSON + "---\n{}")).containsExactly("exactly-one");
  }

  private static List<String> rules(String text) {
    return CapacityModelReader.read("f", text).violations().stream().map(Violation::rule).toList();
  }
}
