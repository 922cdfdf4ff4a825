// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import static dev.nines.catalog.Samples.NOW;
import static dev.nines.catalog.Samples.composite;
import static dev.nines.catalog.Samples.slos;
import static dev.nines.catalog.Samples.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.Generation;
import dev.nines.objectives.Slo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextGenerationTest {

  private static final Duration LEAD = Duration.ofSeconds(60);

  @Test
  void theFirstIsInForceSoonAndNeverInASliceThatHasBegun() {
    Generation first = after(Optional.empty(), NOW, yaml("a", "s", "0.9"));
    assertThat(first.number()).isEqualTo(1);
    assertThat(first.effectiveFrom()).isEqualTo("2026-03-04T05:06:20Z");
    assertThat(
            new NextGeneration("t", Optional.empty())
                .with(slos(yaml("a", "s", "0.9")).slos(), false, NOW, Duration.ofSeconds(2))
                .effectiveFrom())
        .isEqualTo("2026-03-04T05:06:10Z");
    assertThat(first.slos()).extracting(Slo::line).containsExactly(1L);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-04T05:06:07Z,     2026-03-04T05:07:10Z",
    "2026-03-04T05:06:10Z,     2026-03-04T05:07:10Z",
    "2026-03-04T05:06:10.001Z, 2026-03-04T05:07:20Z",
    // A clock that went back: never before the generation that it follows.
    "2026-03-04T05:00:00Z,     2026-03-04T05:06:20Z",
  })
  void laterOnesLeadByASliceBoundary(Instant now, Instant effectiveFrom) {
    Generation first = after(Optional.empty(), NOW, yaml("a", "s", "0.9"));
    Generation second = after(Optional.of(first), now, yaml("b", "s", "0.9"));
    assertThat(second.number()).isEqualTo(2);
    assertThat(second.effectiveFrom()).isEqualTo(effectiveFrom);
    assertThat(second.slos()).extracting(slo -> slo.id().name()).containsExactly("a", "b");
  }

  @Test
  void onlyANewIndicatorStartsANewLine() {
    Generation first = after(Optional.empty(), NOW, yaml("a", "s", "0.9"), yaml("b", "s", "0.9"));
    Generation second =
        after(Optional.of(first), NOW, yaml("a", "s", "0.999"), yaml("b", "other", "0.9"));
    assertThat(second.slos()).extracting(Slo::line).containsExactly(1L, 2L);
    assertThat(second.slos().getFirst().target()).isEqualByComparingTo("0.999");
  }

  /** Cells between the hours are not kept for what does not need them. */
  @Test
  void aPeriodThatComesToBeginBetweenHoursStartsANewLine() {
    String rolling = yaml("a", "s", "0.9");
    Optional<Generation> last = Optional.empty();
    for (String zone : List.of("", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "")) {
      last = Optional.of(after(last, NOW, zone.isEmpty() ? rolling : monthly(rolling, zone)));
    }
    assertThat(last.orElseThrow().number()).isEqualTo(5);
    assertThat(last.orElseThrow().slos()).extracting(Slo::line).containsExactly(3L);
  }

  /** Of the months before a quarter nothing is kept for what does not need it. */
  @Test
  void aPeriodThatComesToBeLongerThanWhatIsKeptStartsANewLine() {
    Optional<Generation> last = Optional.empty();
    List<Long> lines = new ArrayList<>();
    for (String period : List.of("30d", "90d", "1Y", "300d", "90d", "365d")) {
      String yaml = yaml("a", "s", "0.9").replace("duration: 30d", "duration: " + period);
      last = Optional.of(after(last, NOW, yaml));
      lines.add(last.get().slos().getFirst().line());
    }
    assertThat(lines).containsExactly(1L, 1L, 3L, 3L, 3L, 6L);
  }

  /** Slices before are not known, or are forgotten. */
  @Test
  void anotherWayToSpendABudgetStartsANewLine() {
    String events = yaml("a", "s", "0.9");
    String minutes = sliced(events, "1m", "0.95");
    List<String> applied =
        List.of(
            events,
            minutes,
            minutes.replace("target: 0.9}", "target: 0.8}"),
            sliced(events, "2m", "0.95"),
            sliced(events, "2m", "0.950"),
            sliced(events, "2m", "0.9"),
            sliced(events, "2m", "0.9").replace("30d", "7d"),
            sliced(events, "2m", "0.9").replace("30d", "8d"),
            events,
            events.replace("30d", "60d"));
    Optional<Generation> last = Optional.empty();
    List<Long> lines = new ArrayList<>();
    for (String yaml : applied) {
      last = Optional.of(after(last, NOW, yaml));
      lines.add(last.get().slos().getFirst().line());
    }
    assertThat(lines).containsExactly(1L, 2L, 2L, 4L, 4L, 6L, 6L, 8L, 9L, 9L);
  }

  private static String sliced(String yaml, String window, String sliceTarget) {
    return yaml.replace("Occurrences", "Timeslices")
        .replace(
            "[{target: 0.9",
            "[{timeSliceWindow: " + window + ", timeSliceTarget: " + sliceTarget + ", target: 0.9");
  }

  private static String monthly(String rolling, String zone) {
    return rolling.replace(
        "{duration: 30d, isRolling: true}",
        "{duration: 1M, calendar: {startTime: 2026-01-01 00:00:00, timeZone: " + zone + "}}");
  }

  @Test
  void pruneEndsWhatIsNotNamedAndAReturnIsANewLine() {
    Generation first = after(Optional.empty(), NOW, yaml("a", "s", "0.9"), yaml("b", "s", "0.9"));
    Generation second =
        new NextGeneration("t", Optional.of(first))
            .with(slos(yaml("b", "s", "0.9")).slos(), true, NOW, LEAD);
    Generation third = after(Optional.of(second), NOW, yaml("a", "s", "0.9"));
    assertThat(second.slos()).extracting(slo -> slo.id().name()).containsExactly("b");
    assertThat(third.slos()).extracting(Slo::line).containsExactly(3L, 1L);
  }

  @Test
  void withoutAnySloInForceTheNextIsInForceSoon() {
    Generation first = after(Optional.empty(), NOW, yaml("a", "s", "0.9"));
    Generation empty = new NextGeneration("t", Optional.of(first)).without("a", NOW, LEAD);
    assertThat(empty.slos()).isEqualTo(List.of());
    Generation soon = after(Optional.of(empty), NOW, yaml("a", "s", "0.9"));
    assertThat(soon.effectiveFrom()).isEqualTo(empty.effectiveFrom());
    Instant later = empty.effectiveFrom().plusSeconds(25);
    Generation atOnce = after(Optional.of(empty), later, yaml("a", "s", "0.9"));
    assertThat(atOnce.effectiveFrom()).isEqualTo(empty.effectiveFrom().plusSeconds(30));
  }

  @Test
  void aCompositeGoesOnWhileItsComponentsDo() {
    Generation first = after(Optional.empty(), NOW, composite("p", "target=0.9", "a", "b"));
    assertThat(names(first)).containsExactly("p", "p.a", "p.b");
    Generation target = after(Optional.of(first), NOW, composite("p", "target=0.99", "a", "b"));
    assertThat(target.slos()).extracting(Slo::line).containsExactly(1L, 1L, 1L);
    Generation turned = after(Optional.of(target), NOW, composite("p", "target=0.99", "b", "a"));
    assertThat(turned.slos()).extracting(Slo::line).containsExactly(1L, 1L, 1L);
    String serial = composite("p", "kind=serial target=0.99", "a", "b");
    Generation kind = after(Optional.of(turned), NOW, serial);
    assertThat(kind.slos()).extracting(Slo::line).containsExactly(4L, 1L, 1L);
    Generation selector =
        after(Optional.of(kind), NOW, serial.replace("{service: b}", "{service: c}"));
    assertThat(selector.slos()).extracting(Slo::line).containsExactly(5L, 1L, 5L);
    Generation other =
        after(Optional.of(selector), NOW, composite("p", "kind=serial target=0.99", "a", "d"));
    assertThat(names(other)).containsExactly("p", "p.a", "p.d");
    assertThat(other.slos()).extracting(Slo::line).containsExactly(6L, 1L, 6L);
  }

  @Test
  void componentsEndWithTheirComposite() {
    Generation first =
        after(
            Optional.empty(), NOW, composite("p", "target=0.9", "a", "b"), yaml("p-2", "s", "0.9"));
    Generation without = new NextGeneration("t", Optional.of(first)).without("p", NOW, LEAD);
    assertThat(names(without)).containsExactly("p-2");
    Generation plain = after(Optional.of(first), NOW, yaml("p", "s", "0.9"));
    assertThat(names(plain)).containsExactly("p", "p-2");
    Generation again = after(Optional.of(plain), NOW, composite("p", "target=0.9", "a", "b"));
    assertThat(again.slos()).extracting(Slo::line).containsExactly(3L, 1L, 3L, 3L);
  }

  private static List<String> names(Generation generation) {
    return generation.slos().stream().map(slo -> slo.id().name()).toList();
  }

  private static Generation after(Optional<Generation> latest, Instant now, String... yaml) {
    return new NextGeneration("t", latest).with(slos(yaml).slos(), false, now, LEAD);
  }
}
