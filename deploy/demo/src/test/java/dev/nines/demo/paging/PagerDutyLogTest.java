// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.paging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nines.demo.stage.PagerDutyProvider.Event;
import dev.nines.demo.truth.DuePage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each way in which PagerDuty can be told wrongly has its line. */
class PagerDutyLogTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final List<DuePage> DUE =
      List.of(new DuePage("checkout", "global", BigDecimal.TEN, NOW, NOW, 0, true));

  @Test
  void aGoodLogBreaksNothing() {
    assertThat(broken(trigger("checkout", 1, false), resolve())).isEmpty();
  }

  @Test
  void anotherRunIsAnotherPage() {
    assertThat(broken(trigger("checkout", 1, false), trigger("checkout", 2, false), resolve()))
        .isEmpty();
  }

  @Test
  void theSamePageTwiceIsMarkedOrBroken() {
    assertThat(broken(trigger("checkout", 1, false), trigger("checkout", 1, true), resolve()))
        .isEmpty();
    assertThat(broken(trigger("checkout", 1, false), trigger("checkout", 1, false), resolve()))
        .singleElement()
        .asString()
        .startsWith("7 a page is sent once");
  }

  @Test
  void nobodyTold() {
    assertThat(broken())
        .containsExactly("7 a page is never lost: checkout burned, PagerDuty was not told");
  }

  @Test
  void toldWithoutReason() {
    assertThat(broken(trigger("checkout", 1, false), trigger("cart", 2, false), resolve()))
        .containsExactly("7 a page: PagerDuty was told of cart without a reason");
  }

  @Test
  void leftOpen() {
    assertThat(broken(trigger("checkout", 1, false)))
        .containsExactly("7 a page: PagerDuty still shows incident 1");
    assertThat(broken(trigger("checkout", 1, false), resolve(), trigger("checkout", 2, false)))
        .containsExactly("7 a page: PagerDuty still shows incident 1");
  }

  @Test
  void aDeployThatDidNotCome() {
    List<Event> events = List.of(trigger("checkout", 1, false), resolve());
    ObjectNode deploy = JsonNodeFactory.instance.objectNode();
    deploy.putObject("payload").putObject("custom_details").put("id", "d1");
    PagerDutyLog log = new PagerDutyLog(events, List.of(new Event(NOW, deploy)), List.of());
    assertThat(log.broken(DUE, Set.of("d1"), false)).isEmpty();
    assertThat(log.broken(DUE, Set.of("d1", "d2"), false))
        .containsExactly("7 a page: PagerDuty was not told of the changes [d2]");
  }

  @Test
  void whatItRefused() {
    List<Event> events = List.of(trigger("checkout", 1, false), resolve());
    assertThat(new PagerDutyLog(events, List.of(), List.of("x")).broken(DUE, Set.of(), false))
        .containsExactly("7 a page: PagerDuty refuses it: x");
  }

  private static List<String> broken(Event... events) {
    return new PagerDutyLog(List.of(events), List.of(), List.of()).broken(DUE, Set.of(), false);
  }

  private static Event trigger(String slo, int run, boolean mayBeRepeat) {
    ObjectNode body = event("trigger");
    ObjectNode payload = body.putObject("payload").put("component", slo);
    payload.putObject("custom_details").put("run", run).put("mayBeRepeat", mayBeRepeat);
    return new Event(NOW, body);
  }

  private static Event resolve() {
    return new Event(NOW, event("resolve"));
  }

  private static ObjectNode event(String action) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("event_action", action)
        .put("dedup_key", "nines-incident-1");
  }
}
