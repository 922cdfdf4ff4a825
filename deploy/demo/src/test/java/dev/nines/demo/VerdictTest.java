// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nines.demo.paging.PagerDutyLog;
import dev.nines.demo.stage.PagerDutyProvider;
import dev.nines.demo.stage.Provider;
import dev.nines.demo.truth.Batch;
import dev.nines.demo.truth.Count;
import dev.nines.demo.truth.DuePage;
import dev.nines.demo.truth.SentSpan;
import dev.nines.demo.truth.ShopLog;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each promise, broken alone, is named. */
class VerdictTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Map<String, Map<String, Count>> TRUTH =
      Map.of("checkout", Map.of("global", new Count(1, 2)));

  private static final Map<String, Map<String, Count>> GROUPS =
      Map.of("checkout", Map.of("globex", new Count(1, 2)));

  private final Map<String, Object> changed = new HashMap<>();

  @Test
  void aGoodRunBreaksNothing() {
    assertThat(broken()).isEmpty();
  }

  @Test
  void aLostSpan() {
    changed.put("stored", Set.of("a"));
    changed.put("rows", 1L);
    assertThat(broken()).anyMatch(line -> line.startsWith("1 acknowledged is kept"));
  }

  @Test
  void aRowTwice() {
    changed.put("rows", 3L);
    assertThat(broken()).anyMatch(line -> line.startsWith("2 counted once"));
  }

  @Test
  void aSpanThatNobodySent() {
    changed.put("stored", Set.of("a", "b", "forged"));
    changed.put("rows", 3L);
    assertThat(broken()).anyMatch(line -> line.startsWith("2 counted once"));
  }

  @Test
  void aWrongSum() {
    changed.put("ledger", Map.of("checkout", Map.of("global", new Count(2, 2))));
    assertThat(broken()).anyMatch(line -> line.startsWith("5 exact arithmetic: ledger"));
  }

  @Test
  void aCustomerWithAnothersEvents() {
    changed.put("groups", Map.of("checkout", Map.of("globex", new Count(0, 1))));
    assertThat(broken())
        .containsExactly(
            "5 exact arithmetic: groups of checkout in globex is 0 good of 1, truth is 1 good of 2");
  }

  @Test
  void aCustomerThatNeverBought() {
    Count bought = new Count(1, 2);
    changed.put("groups", Map.of("checkout", Map.of("globex", bought, "nobody", new Count(1, 1))));
    assertThat(broken())
        .containsExactly(
            "5 exact arithmetic: groups of checkout in nobody is 1 good of 1, truth is 0 good of 0");
  }

  @Test
  void aSilentRegionThatNobodySaw() {
    changed.put("silenceSeen", false);
    assertThat(broken()).anyMatch(line -> line.startsWith("4 good, bad, unmeasured"));
  }

  @Test
  void aResidual() {
    changed.put("residual", 1L);
    assertThat(broken()).anyMatch(line -> line.startsWith("6 accounting"));
  }

  @Test
  void aPageThatDidNotCome() {
    changed.put("pages", List.of());
    assertThat(broken())
        .containsExactly("7 a page is never lost: checkout burned and nobody was paged");
  }

  @Test
  void aPageWithoutReason() {
    changed.put("pages", List.of(page("checkout", "1", false), page("cart", "2", false)));
    assertThat(broken())
        .anyMatch(line -> line.contains("cart paged and its policy never was true"));
  }

  @Test
  void aPageTwice() {
    changed.put("pages", List.of(page("checkout", "1", false), page("checkout", "1", false)));
    assertThat(broken()).anyMatch(line -> line.startsWith("7 a page is sent once"));
    changed.put("pages", List.of(page("checkout", "1", false), page("checkout", "1", true)));
    assertThat(broken()).isEmpty();
  }

  @Test
  void anIncidentWithoutItsEnd() {
    changed.put("incidents", List.of(new Report.Incident("1", "checkout", NOW, NOW, null, "file")));
    assertThat(broken()).anyMatch(line -> line.startsWith("the way to the postmortem"));
  }

  @Test
  void aBadInputThatWasTaken() {
    changed.put("refusals", List.of("truncated protobuf was answered with 200 instead of 400"));
    assertThat(broken()).anyMatch(line -> line.startsWith("9 refusal with reasons"));
  }

  private List<String> broken() {
    ShopLog log =
        new ShopLog(
            Map.of("a", span("a"), "b", span("b")),
            Map.of("batch", new Batch("batch", "eu-west-1", NOW, NOW)),
            0,
            0);
    List<DuePage> due =
        List.of(new DuePage("checkout", "global", BigDecimal.TEN, NOW, NOW, 0, true));
    return new Verdict(log, observation(), TRUTH, GROUPS, due, false).broken();
  }

  private Observation observation() {
    return new Observation(
        changed("stored", Set.of("a", "b")),
        changed("rows", 2L),
        changed("ledger", TRUTH),
        TRUTH,
        changed("groups", GROUPS),
        changed("pages", List.of(page("checkout", "1", false))),
        List.of(),
        new PagerDutyLog(List.of(alert("trigger"), alert("resolve")), List.of(), List.of()),
        changed("residual", 0L),
        0L,
        changed("incidents", List.of(new Report.Incident("1", "checkout", NOW, NOW, NOW, "file"))),
        "eu-west-1",
        changed("silenceSeen", true),
        changed("refusals", List.of()),
        List.of(),
        Set.of());
  }

  @SuppressWarnings("unchecked")
  private <T> T changed(String what, T otherwise) {
    return (T) changed.getOrDefault(what, otherwise);
  }

  private static Provider.Page page(String slo, String key, boolean repeat) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("event", "trigger").put("slo", "default/" + slo).put("mayBeRepeat", repeat);
    return new Provider.Page(NOW, key, body);
  }

  private static PagerDutyProvider.Event alert(String action) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("event_action", action).put("dedup_key", "nines-incident-1");
    body.putObject("payload").put("component", "checkout");
    return new PagerDutyProvider.Event(NOW, body);
  }

  private static SentSpan span(String key) {
    return new SentSpan(key, "batch", "eu-west-1", "s", "n", "SERVER", 0, 0, false, Map.of());
  }
}
