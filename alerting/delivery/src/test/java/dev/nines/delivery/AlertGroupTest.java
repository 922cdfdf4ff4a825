// SPDX-License-Identifier: Apache-2.0
package dev.nines.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.alerts.AlertGroupEvent;
import dev.nines.alerts.AlertGroupEvent.Condition;
import dev.nines.alerts.AlertGroupEvent.Reason;
import dev.nines.objectives.BurnPolicy.Severity;
import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.SloId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AlertGroupTest {

  private static final SloId SLO = new SloId("t", "slo");
  private static final List<String> SCOPES = List.of("eu", "us", "global");

  private final Map<String, GroupedAlert> members = new TreeMap<>();

  @Test
  void firstAlertIsToldAndItsRepeatIsNot() {
    checkTold(Reason.NEW, State.FIRING, see("eu", Severity.PAGE, State.FIRING));
    assertThat(see("eu", Severity.PAGE, State.FIRING))
        .isEqualTo(new Decision.Keep("fires already"));
  }

  @Test
  void anotherScopeIsToldAnotherPolicyOfTheScopeIsNot() {
    see("eu", Severity.PAGE, State.FIRING);
    checkTold(Reason.NEW_SCOPE, State.FIRING, see("us", Severity.PAGE, State.FIRING));
    assertThat(see("eu", Severity.TICKET, State.FIRING))
        .isEqualTo(new Decision.Keep("another alert of eu is open"));
  }

  @Test
  void vanishedTrafficIsAnAlertOfItsOwn() {
    see("eu", Severity.PAGE, State.FIRING);
    Decision.Tell told =
        checkTold(
            Reason.NEW_SCOPE,
            State.FIRING,
            see(Observation.of(Burns.vanished(SLO, "eu", State.FIRING))));
    assertThat(told.conditions())
        .extracting(Condition::alertName)
        .containsExactlyInAnyOrder("BudgetBurn", "TrafficVanished");
    assertThat(see("eu", Severity.PAGE, State.RESOLVED)).isInstanceOf(Decision.Keep.class);
    told =
        checkTold(
            Reason.RESOLVED,
            State.RESOLVED,
            see(Observation.of(Burns.vanished(SLO, "eu", State.RESOLVED))));
    assertThat(told.conditions().getFirst().traffic())
        .isEqualTo(new AlertGroupEvent.Traffic("checkout", 12, 1_840));
  }

  @Test
  void riseFromTicketToPageIsTold() {
    see("eu", Severity.TICKET, State.FIRING);
    Decision.Tell told =
        checkTold(Reason.ESCALATED, State.FIRING, see("eu", Severity.PAGE, State.FIRING));
    assertThat(told.severity()).isEqualTo(Severity.PAGE);
  }

  @Test
  void onlyTheLastEndIsTold() {
    see("eu", Severity.PAGE, State.FIRING);
    see("us", Severity.PAGE, State.FIRING);
    assertThat(see("eu", Severity.PAGE, State.RESOLVED)).isInstanceOf(Decision.Keep.class);
    Decision.Tell told =
        checkTold(Reason.RESOLVED, State.RESOLVED, see("us", Severity.PAGE, State.RESOLVED));
    assertThat(told.conditions()).singleElement().matches(c -> c.scope().equals("us"));
    assertThat(see("us", Severity.PAGE, State.RESOLVED))
        .isEqualTo(new Decision.Keep("was not open"));
  }

  @Test
  void groupIsFrozenWhenNothingButFrozenAlertsIsLeft() {
    see("eu", Severity.PAGE, State.FIRING);
    see("us", Severity.PAGE, State.FIRING);
    assertThat(see("eu", Severity.PAGE, State.FROZEN)).isInstanceOf(Decision.Keep.class);
    checkTold(Reason.FROZEN, State.FROZEN, see("us", Severity.PAGE, State.RESOLVED));
    checkTold(Reason.FIRES_AGAIN, State.FIRING, see("eu", Severity.PAGE, State.FIRING));
  }

  /** Whatever happens, the last event told has the group's true state. */
  @Test
  void lastEventToldHasTheTrueState() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    State told = State.RESOLVED;
    List<String> history = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      String scope = SCOPES.get(random.nextInt(3));
      Severity severity = Severity.values()[random.nextInt(2)];
      State state = State.values()[random.nextInt(3)];
      history.add(scope + severity + state);
      if (see(scope, severity, state) instanceof Decision.Tell tell) {
        told = tell.state();
      }
      assertThat(told)
          .as("seed %d, step %d, %s", seed, i, history.subList(Math.max(0, i - 9), i + 1))
          .isEqualTo(truth());
    }
  }

  private State truth() {
    boolean firing = false;
    boolean open = false;
    for (GroupedAlert member : members.values()) {
      firing |= member.condition().state() == State.FIRING;
      open |= member.condition().state() != State.RESOLVED;
    }
    return firing ? State.FIRING : open ? State.FROZEN : State.RESOLVED;
  }

  private Decision see(String scope, Severity severity, State state) {
    return see(Observation.of(Burns.change(SLO, scope, severity, state)));
  }

  private Decision see(Observation seen) {
    String fingerprint = seen.alert().fingerprint();
    GroupedAlert after = seen.after(members.get(fingerprint));
    Decision decision = new AlertGroup(members.values()).decide(after);
    members.put(fingerprint, after);
    return decision;
  }

  private static Decision.Tell checkTold(Reason reason, State state, Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Tell.class);
    Decision.Tell tell = (Decision.Tell) decision;
    assertThat(tell.reason()).isEqualTo(reason);
    assertThat(tell.state()).isEqualTo(state);
    return tell;
  }
}
