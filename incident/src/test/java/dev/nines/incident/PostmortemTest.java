// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.incident.response.Incident;
import dev.nines.objectives.BurnRecord.State;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PostmortemTest extends WorldTest {

  @Test
  void resolvedIncidentHasItsFactsEachWithItsQuery() throws IOException, InterruptedException {
    try (Provider provider = new Provider();
        IncidentRole role = world.role(World.PATIENT, new StoredEvidence()).start()) {
      world.channel(role, tenant, "oncall", provider.url("oncall"));
      Incident incident = resolved(role, () -> provider.next());
      provider.next();
      await().until(() -> stored(incident) == 1);
      String markdown = role.postmortems().read(incident);
      assertThat(markdown)
          .startsWith("# Postmortem: Checkout availability (incident " + incident.id() + ")")
          .contains("- **Requests hit:** 321 of 9876")
          .contains("- **Of them expected and not come:** 120")
          .contains("- **Budget spent:** 18.34 % of the period's error budget")
          .contains("| eu-west-1 | 321 | 9876 | 3.25 % |")
          .contains("`4bf92f3577b34da6a3ce929d0e0e4736`")
          .contains("| deploy c-1 new \\| cart | checkout | 2.4.1 | eu-west-1 |")
          .contains("| 93.46 % | 0.10 % |")
          .contains("| acme \\| retail | 300 | 400 | 75.00 % |", "| globex | 21 | 9000 | 0.23 % |")
          .contains("SELECT sum(bad) FROM ledger")
          .contains("/TRIGGER/0/0/oncall | the channel | oncall | 0, 0 | 1 |")
          .contains("incident.triggered `")
          .contains("# For people", "## Root cause", "## Action items");
    }
  }

  @Test
  void awayStoreIsSaidAndTheFactsComeLater() throws InterruptedException {
    StoredEvidence evidence = new StoredEvidence();
    evidence.away = true;
    try (IncidentRole role = world.role(World.PATIENT, evidence).start()) {
      Incident incident = resolved(role, () -> {});
      await().until(() -> stored(incident) == 1);
      assertThat(role.postmortems().read(incident))
          .contains("**Missing:** ClickHouse is away", "(final, incomplete)");
      evidence.away = false;
      assertThat(role.postmortems().generate(incident)).isTrue();
      assertThat(role.postmortems().read(incident)).contains("321 of 9876");
      evidence.away = true;
      assertThat(role.postmortems().generate(incident)).isFalse();
      assertThat(role.postmortems().read(incident)).contains("321 of 9876");
    }
  }

  @Test
  void openIncidentHasADraftThatIsNotStored() {
    try (IncidentRole role = world.role(World.PATIENT, new StoredEvidence()).start()) {
      world.told(World.event(tenant, "slo", 1, State.FIRING));
      await().until(() -> role.incidents().list(tenant, null).size() == 1);
      Incident incident = world.only(role, tenant);
      assertThat(role.postmortems().read(incident)).contains("(draft)");
      assertThat(stored(incident)).isZero();
    }
  }

  /** Something that waits. */
  private interface Wait {
    void run() throws InterruptedException;
  }

  private Incident resolved(IncidentRole role, Wait paged) throws InterruptedException {
    world.told(World.event(tenant, "checkout-availability", 1, State.FIRING));
    await().until(() -> role.incidents().list(tenant, null).size() == 1);
    paged.run();
    Incident open = world.only(role, tenant);
    role.incidents().resolve(tenant, open.id(), "ann");
    return world.only(role, tenant);
  }

  private static long stored(Incident incident) {
    return world.count("SELECT count(*) FROM postmortem WHERE incident = ?", incident.number());
  }
}
