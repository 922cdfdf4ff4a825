// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Groups of the example objectives, counted by hand. */
class TruthTest {

  private static final Path OBJECTIVES =
      Path.of(System.getProperty("nines.root"), "slo-engine/examples/commerce");

  private final Map<String, SentSpan> spans = new HashMap<>();

  @Test
  void groupsAreCountedOverAllRegionsAndOnlyWhereTheObjectiveHasThem() throws IOException {
    checkout(
        "a", "eu-west-1", false, Map.of("customer.tier", "enterprise", "customer.id", "hooli"));
    checkout("b", "us-east-1", true, Map.of("customer.tier", "enterprise", "customer.id", "hooli"));
    checkout("c", "us-east-1", false, Map.of("customer.tier", "enterprise"));
    checkout("d", "us-east-1", false, Map.of("customer.tier", "free"));
    checkout("e", "us-east-1", false, Map.of());
    assertThat(truth().groups())
        .containsOnlyKeys("checkout-availability", "checkout-enterprise")
        .containsEntry(
            "checkout-enterprise", Map.of("hooli", new Count(1, 2), "__none__", new Count(1, 1)))
        .containsEntry(
            "checkout-availability",
            Map.of(
                "enterprise", new Count(2, 3),
                "free", new Count(1, 1),
                "__none__", new Count(1, 1)));
  }

  private void checkout(String key, String region, boolean error, Map<String, String> attributes) {
    spans.put(
        key,
        new SentSpan(
            key, "batch", region, "checkout", "POST /checkout", "SERVER", 0, 1, error, attributes));
  }

  private Truth truth() throws IOException {
    Batch batch = new Batch("batch", "eu-west-1", Instant.EPOCH, Instant.EPOCH);
    return new Truth(new ShopLog(spans, Map.of("batch", batch), 0, 0), Set.of(), OBJECTIVES);
  }
}
