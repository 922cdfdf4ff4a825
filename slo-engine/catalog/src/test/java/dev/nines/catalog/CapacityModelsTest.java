// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import static dev.nines.catalog.Samples.CONFIG;
import static dev.nines.catalog.Samples.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.catalog.CapacityModelResource.Kept;
import dev.nines.catalog.CapacityModelResource.View;
import dev.nines.embedded.PostgresProcess;
import dev.nines.journal.AuditTrail;
import dev.nines.journal.Journal;
import dev.nines.objectives.access.Principal;
import io.prometheus.client.CollectorRegistry;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Capacity models on a real PostgreSQL. */
class CapacityModelsTest {

  @TempDir static Path data;
  static PostgresProcess postgres;
  static Journal journal;
  static String example;

  private final String tenant = "t-" + UUID.randomUUID();
  private final Principal ann = admin(tenant);
  private final StoredCapacityModels models =
      new StoredCapacityModels(journal, new Samples.Clock());
  private final CapacityModelResource resource = new CapacityModelResource(() -> ann, models);

  @BeforeAll
  static void start() throws IOException {
    postgres = PostgresProcess.start(data);
    journal = Journal.connect(postgres.jdbcUrl(), 4, new CollectorRegistry()).migrate();
    new Catalog(journal, new Samples.Clock(), CONFIG).migrate();
    example =
        Files.readString(
            Path.of(System.getProperty("nines.root"), "slo-engine/examples/capacity/shop.yaml"));
  }

  @AfterAll
  static void stop() {
    journal.close();
    postgres.close();
  }

  @Test
  void eachChangeIsAVersionWithItsAuditRow() {
    assertThat(resource.put(example, "f")).isEqualTo(new Kept("shop", 1, true));
    assertThat(resource.put(example, "f")).isEqualTo(new Kept("shop", 1, false));
    String tighter = example.replace("maxUtilisation: 0.7", "maxUtilisation: 0.5");
    assertThat(resource.put(tighter, "f")).isEqualTo(new Kept("shop", 2, true));
    assertThat(resource.get("shop")).isEqualTo(tighter);
    assertThat(models.find(tenant, "shop").orElseThrow().services().getFirst().maxUtilisation())
        .isEqualTo(0.5);
    assertThat(resource.list().models())
        .singleElement()
        .satisfies(view -> assertThat(view.services()).hasSize(12).startsWith("edge", "web"))
        .extracting(View::version)
        .isEqualTo(2);
    assertThat(resource.end("shop").ended()).isTrue();
    assertRefused(404, "there is no capacity model", () -> resource.end("shop"));
    assertRefused(404, "there is no capacity model", () -> resource.get("shop"));
    assertThat(models.find(tenant, "shop")).isEmpty();
    assertThat(resource.put(example, "f")).isEqualTo(new Kept("shop", 3, true));
    assertThat(
            journal.transact(tx -> new AuditTrail().read(tx, tenant, 0)).stream()
                .map(row -> row.entry().action() + " " + row.entry().subject()))
        .containsExactly(
            "capacity-model.put capacity-model/shop",
            "capacity-model.put capacity-model/shop",
            "capacity-model.end capacity-model/shop",
            "capacity-model.put capacity-model/shop");
  }

  @Test
  void aModelThatIsWrongIsRefusedWithEveryMistakeAndChangesNothing() {
    String wrong = example.replace("proportional", "fair").replace("0.7", "7");
    assertRefused(400, "spec.maxUtilisation", () -> resource.put(wrong, "f"));
    assertRefused(400, "spec.steering", () -> resource.put(wrong, "f"));
    assertThat(resource.list().models()).isEmpty();
  }

  @Test
  void anotherTenantsModelIsNotMine() {
    resource.put(example, "f");
    assertThat(models.find("x-" + tenant, "shop")).isEmpty();
  }

  @Test
  void modelsInForceAreBounded() {
    for (int i = 0; i < StoredCapacityModels.MODELS_MAX; i++) {
      resource.put(example.replace("name: shop", "name: shop-" + i), "f");
    }
    assertRefused(413, "at most 100", () -> resource.put(example, "f"));
    resource.end("shop-7");
    assertThat(resource.put(example, "f").changed()).isTrue();
  }

  private static void assertRefused(int status, String text, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            WebApplicationException.class,
            e -> {
              assertThat(e.getResponse().getStatus()).isEqualTo(status);
              assertThat(String.valueOf(e.getResponse().getEntity())).contains(text);
            });
  }
}
