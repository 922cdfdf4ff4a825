// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nines.embedded.PostgresProcess;
import dev.nines.journal.AuditTrail;
import dev.nines.journal.Journal;
import dev.nines.journal.Json;
import dev.nines.journal.Migrations;
import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.access.Principal;
import io.prometheus.client.CollectorRegistry;
import jakarta.ws.rs.WebApplicationException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users, schedules, overrides, policies and routing as clients write and read them. */
class OnCallApiTest {

  private static final String LAYER =
      """
      {"name":"base","rotation":{"start":"2026-03-02T09:00","unit":"week",
       "participants":["ann","bob"]},"restrictions":[]}""";

  private static final String SCHEDULE =
      "{\"zone\":\"America/New_York\",\"layers\":[" + LAYER + "]}";

  @TempDir static Path data;
  private static PostgresProcess postgres;
  private static Journal journal;

  private final String tenant = "t-" + UUID.randomUUID();
  private final CurrentPrincipal caller =
      () -> new Principal(tenant, "zoe", "", EnumSet.allOf(Principal.Right.class));
  private final Changes changes = new Changes(journal, new AuditTrail());
  private final UsersResource users = new UsersResource(new Users(journal, changes), caller);
  private final SchedulesResource schedules =
      new SchedulesResource(new Schedules(journal, changes), caller, InstantSource.system());
  private final PoliciesResource policies =
      new PoliciesResource(new Policies(journal, changes), caller);

  @BeforeAll
  static void start() {
    postgres = PostgresProcess.start(data);
    journal = Journal.connect(postgres.jdbcUrl(), 4, new CollectorRegistry()).migrate();
    Migrations.run(journal.dataSource(), "classpath:db/incident", "incident_migrations");
  }

  @AfterAll
  static void stop() {
    journal.close();
    postgres.close();
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    people();
    String full =
        """
        {"zone":"Europe/Berlin","layers":[{"name":"nights","rotation":{"start":"2026-03-02T09:00",
         "handover":"20:00","unit":"day","length":2,"participants":["ann","bob"]},"restrictions":[
         {"days":["monday","sunday"],"from":"20:00","to":"08:00"},
         {"fromDay":"friday","from":"18:00","toDay":"monday","to":"08:00"}]}]}""";
    schedules.put("primary", full);
    JsonNode read = Json.read(schedules.get("primary"), JsonNode.class);
    assertThat(read.path("schedule")).isEqualTo(Json.read(full, JsonNode.class));
    assertThat(schedules.put("primary", read.path("schedule").toString())).contains("nights");
    assertThat(Json.read(users.list(), JsonNode.class).get(0).path("contacts").get(0))
        .isEqualTo(
            Json.read(
                "{\"channel\":\"ann-phone\",\"afterSeconds\":0,\"urgency\":\"any\"}",
                JsonNode.class));
    assertThat(schedules.list()).isEqualTo("[\"primary\"]");
  }

  @Test
  void whatIsWrongIsNamedByFieldAndRuleAllAtOnce() {
    people();
    String wrong =
        """
        {"zone":"Europe/Berln","layers":[{"name":"A b","rotation":{"start":"tomorrow","unit":"fortnight",
         "length":0,"participants":[]},"restrictions":[{"from":"25:00","to":"08:00"}]}]}""";
    assertThat(refusal(400, () -> schedules.put("primary", wrong)))
        .contains("\"field\":\"zone\"", "such as Europe/Berlin")
        .contains("layers[0].name", "layers[0].rotation.start", "layers[0].rotation.unit")
        .contains("hour, day, week, month", "layers[0].rotation.length", "must be from 1 to 366")
        .contains("layers[0].rotation.participants", "layers[0].restrictions[0].from");
    assertThat(refusal(400, () -> schedules.put("primary", SCHEDULE.replace("bob", "eve"))))
        .contains("unknown-user", "eve");
    assertThat(refusal(400, () -> users.put("ann", "{\"zone\":\"UTC\",\"contacts\":[{}]}")))
        .contains("contacts[0].channel");
    assertThat(refusal(400, () -> users.put("ann", "{\"zone\":\"UTC\",\"phone\":1}")))
        .contains("unknown-field", "known here");
    assertThat(refusal(400, () -> policies.put("main", policy("person/ann"))))
        .contains("steps[0].targets", "user/NAME");
    assertThat(refusal(400, () -> policies.put("main", policy("schedule/none"))))
        .contains("unknown-target", "schedule/none");
    assertThat(refusal(400, () -> policies.route("{\"defaultPolicy\":\"none\",\"rules\":[]}")))
        .contains("unknown-policy");
    assertThat(refusal(404, () -> schedules.get("none"))).contains("no schedule none");
  }

  @Test
  void whoIsNeededCannotBeDeleted() {
    people();
    schedules.put("primary", SCHEDULE);
    policies.put("main", policy("schedule/primary"));
    policies.route(
        "{\"defaultPolicy\":\"main\",\"rules\":[{\"service\":\"web*\",\"policy\":\"main\"}]}");
    assertThat(refusal(409, () -> users.delete("ann"))).contains("schedule/primary");
    assertThat(refusal(409, () -> schedules.delete("primary"))).contains("policy/main");
    assertThat(refusal(409, () -> policies.delete("main"))).contains("the routing");
    policies.route("{\"rules\":[]}");
    policies.delete("main");
    schedules.delete("primary");
    users.delete("ann");
    assertThat(refusal(404, () -> users.delete("ann"))).contains("no user ann");
    assertThat(actions())
        .contains("user.put", "schedule.put", "policy.put", "routing.put", "policy.delete")
        .contains("schedule.delete", "user.delete");
    AuditTrail.Verdict verdict = journal.transact(tx -> new AuditTrail().verify(tx, tenant));
    assertThat(verdict).isInstanceOf(AuditTrail.Verdict.Intact.class);
  }

  @Test
  void theFinalScheduleHasOverridesAndTellsItsGaps() {
    people();
    schedules.put("primary", SCHEDULE);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Instant from = now.plus(1, ChronoUnit.DAYS);
    String written =
        schedules.cover(
            "primary",
            "{\"user\":\"cid\",\"from\":\"%s\",\"to\":\"%s\"}"
                .formatted(from, from.plus(1, ChronoUnit.HOURS)));
    String id = Json.read(written, JsonNode.class).path("id").asText();
    assertThat(user(from)).isEqualTo("cid");
    assertThat(user(from.minusSeconds(1))).isIn("ann", "bob");
    assertThat(user(from.plus(1, ChronoUnit.HOURS))).isIn("ann", "bob");
    JsonNode timeline =
        Json.read(
            schedules.timeline("primary", now.toString(), from.plusSeconds(7200).toString()),
            JsonNode.class);
    assertThat(timeline.path("segments").findValuesAsText("by")).contains("override/" + id);
    assertThat(timeline.path("gaps").findValuesAsText("by"))
        .allMatch(reason -> reason.equals("the schedule did not exist yet"));
    schedules.endCover("primary", id);
    assertThat(user(from)).isIn("ann", "bob");
    assertThat(refusal(404, () -> schedules.endCover("primary", id))).contains("override " + id);
    assertThat(refusal(400, () -> schedules.cover("primary", "{\"user\":\"cid\"}")))
        .contains("\"field\":\"from\"", "\"field\":\"to\"");
  }

  @Test
  void gapsAndSilentUsersAreWarnedOf() {
    people();
    users.put("bob", "{\"zone\":\"UTC\",\"contacts\":[]}");
    String business =
        SCHEDULE.replace(
            "\"restrictions\":[]", "\"restrictions\":[{\"from\":\"09:00\",\"to\":\"17:00\"}]");
    assertThat(schedules.put("primary", business))
        .contains("nobody is on call from", "no layer covers it", "user bob has no contact");
    assertThat(
            new OnCallResource(new Schedules(journal, changes), caller, () -> Instant.EPOCH).now())
        .contains("\"schedule\":\"primary\"", "did not exist yet");
  }

  private void people() {
    for (String name : List.of("ann", "bob", "cid")) {
      users.put(
          name, "{\"zone\":\"UTC\",\"contacts\":[{\"channel\":\"%s-phone\"}]}".formatted(name));
    }
  }

  private static String policy(String target) {
    return "{\"steps\":[{\"targets\":[\"%s\"],\"timeoutSeconds\":300}],\"repeat\":2}"
        .formatted(target);
  }

  private String user(Instant at) {
    return Json.read(schedules.oncall("primary", at.toString()), JsonNode.class)
        .path("user")
        .asText();
  }

  private List<String> actions() {
    return journal.transact(tx -> new AuditTrail().read(tx, tenant, 1)).stream()
        .map(row -> row.entry().action())
        .toList();
  }

  private static String refusal(int status, Runnable call) {
    WebApplicationException refused =
        catchThrowableOfType(WebApplicationException.class, call::run);
    assertThat(refused).isNotNull();
    assertThat(refused.getResponse().getStatus()).isEqualTo(status);
    return String.valueOf(refused.getResponse().getEntity());
  }
}
