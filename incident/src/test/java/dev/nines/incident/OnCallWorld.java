// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.incident.oncall.Answer;
import dev.nines.incident.oncall.EscalationPolicy;
import dev.nines.incident.oncall.Layer;
import dev.nines.incident.oncall.Rotation;
import dev.nines.incident.oncall.Schedule;
import dev.nines.incident.oncall.Target;
import dev.nines.incident.oncall.User;
import dev.nines.incident.oncall.User.Contact;
import dev.nines.incident.oncall.User.Reach;
import dev.nines.objectives.request.FieldRules;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/** People, schedules and policies of the tests. */
final class OnCallWorld {

  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  private OnCallWorld() {}

  /** A user with one channel of that user's own, {@code NAME-phone}. */
  static void user(World world, IncidentRole role, String tenant, String name, String url) {
    String phone = name + "-phone";
    world.channel(role, tenant, phone, url);
    Contact contact = new Contact(phone, Duration.ZERO, Reach.ANY);
    done(role.users().put(tenant, new User(name, ZONE, List.of(contact)), "cid"));
  }

  static void schedule(IncidentRole role, String tenant, String name, String user) {
    schedule(role, tenant, name, user, "2020-01-01T00:00");
  }

  /** It begins in 2100. */
  static void scheduleOfTheFuture(IncidentRole role, String tenant, String name, String user) {
    schedule(role, tenant, name, user, "2100-01-01T00:00");
  }

  static void policy(IncidentRole role, String tenant, EscalationPolicy policy) {
    done(role.policies().put(tenant, policy, "cid"));
  }

  static List<Target> targets(String... texts) {
    FieldRules rules = new FieldRules();
    List<Target> targets = Target.list(rules, "targets", List.of(texts));
    rules.enforce();
    return targets;
  }

  /** As {@code path loop/step user}. */
  static String described(Provider.Message page) {
    return "%s %d/%d %s"
        .formatted(
            page.path(),
            page.body().path("loop").asInt(),
            page.body().path("step").asInt(),
            page.body().path("user").asText("-"));
  }

  private static void schedule(
      IncidentRole role, String tenant, String name, String user, String start) {
    Rotation rotation =
        new Rotation(
            LocalDateTime.parse(start), LocalTime.MIDNIGHT, Rotation.Unit.WEEK, 1, List.of(user));
    Schedule schedule = new Schedule(ZONE, List.of(new Layer("base", rotation, List.of())));
    done(role.schedules().put(tenant, name, schedule, "cid"));
  }

  private static void done(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Done.class);
  }
}
