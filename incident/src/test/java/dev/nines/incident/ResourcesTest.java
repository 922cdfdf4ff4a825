// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.incident.audit.AuditResource;
import dev.nines.incident.audit.AuditResource.AuditView;
import dev.nines.incident.paging.ChannelsResource;
import dev.nines.incident.postmortem.PostmortemResource;
import dev.nines.incident.response.IncidentView;
import dev.nines.incident.response.IncidentsResource;
import dev.nines.journal.AuditTrail;
import dev.nines.journal.Json;
import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.access.Principal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the API shows to whom. */
class ResourcesTest extends WorldTest {

  @Test
  void secretGoesInAndNeverComesOut() {
    try (IncidentRole role = world.role(World.PATIENT, new StoredEvidence())) {
      ChannelsResource channels = new ChannelsResource(role.channels(), caller(tenant));
      channels.put(
          "oncall",
          Json.write(
              Map.of(
                  "type", "webhook",
                  "url", "https://hooks.example/x",
                  "secret", Provider.SECRET)));
      assertThat(Json.write(channels.list())).contains("hooks.example").doesNotContain("secret");
      assertThat(Json.write(audit(tenant))).contains("channel.put").doesNotContain("a secret");
      assertThat(new ChannelsResource(role.channels(), caller("other")).list()).isEmpty();
      channels.delete("oncall");
      assertThat(channels.list()).isEmpty();
    }
  }

  @Test
  void auditRowsCanBeVerifiedByWhoeverReadsThem() throws Exception {
    try (IncidentRole role = world.role(World.PATIENT, new StoredEvidence())) {
      world.channel(role, tenant, "a", "https://hooks.example/a");
      world.channel(role, tenant, "b", "https://hooks.example/b");
      List<AuditView> rows = audit(tenant);
      assertThat(rows).extracting(AuditView::seq).containsExactly(1L, 2L);
      assertThat(rows.get(1).prevHash()).isEqualTo(rows.get(0).hash());
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(HexFormat.of().parseHex(rows.get(1).prevHash()));
      byte[] hash = digest.digest(rows.get(1).canonical().getBytes(StandardCharsets.UTF_8));
      assertThat(HexFormat.of().formatHex(hash)).isEqualTo(rows.get(1).hash());
      assertThat(audit("other")).isEmpty();
    }
  }

  @Test
  void incidentIsShownWithTimelineAndPagesAndAnsweredByName()
      throws IOException, InterruptedException {
    try (Provider provider = new Provider();
        IncidentRole role = world.role(World.PATIENT, new StoredEvidence()).start()) {
      world.channel(role, tenant, "oncall", provider.url("oncall"));
      world.told(World.event(tenant, "checkout-availability", 1, State.FIRING));
      provider.next();
      IncidentsResource incidents = new IncidentsResource(role.incidents(), caller(tenant));
      String id = incidents.list("triggered").getFirst().id();
      await().until(() -> incidents.get(id).pages().getFirst().answeredAt() != null);

      IncidentView acknowledged = incidents.acknowledge(id);
      assertThat(provider.next().event()).isEqualTo("acknowledge");
      assertThat(acknowledged.state()).isEqualTo("acknowledged");
      assertThat(acknowledged.stateBy()).isEqualTo("ann");
      assertThat(acknowledged.acknowledgedAt()).isEqualTo(acknowledged.stateAt());
      assertThat(acknowledged.title()).isEqualTo("Checkout availability");

      IncidentView resolved = incidents.resolve(id);
      assertThat(provider.next().event()).isEqualTo("resolve");
      assertThat(resolved.resolvedAt()).isNotNull();
      assertThat(resolved.note())
          .startsWith("Still firing: ")
          .contains("until one of its conditions");
      assertThat(acknowledged.note()).isNull();
      assertThat(incidents.list("triggered")).isEmpty();
      assertThat(
              new PostmortemResource(role.incidents(), role.postmortems(), caller(tenant)).get(id))
          .contains("# Postmortem: Checkout availability");
      assertThat(new IncidentsResource(role.incidents(), caller("other")).list("")).isEmpty();
    }
  }

  private static List<AuditView> audit(String tenant) {
    return new AuditResource(world.journal, new AuditTrail(), caller(tenant)).list(1);
  }

  private static CurrentPrincipal caller(String tenant) {
    return () -> new Principal(tenant, "ann", "", EnumSet.allOf(Principal.Right.class));
  }
}
