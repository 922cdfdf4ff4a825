// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.panels;

import dev.nines.demo.stage.Store;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One dashboard: asks its panels, annotations and variables and compares each with the truth. */
final class Wall {

  /** A point of what has no interval of its own. */
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static final int TIME_SERIES = 0;

  private final Dashboard dashboard;
  private final List<Check> checks;
  private final Store platform;
  private final Store truth;
  private final TimeRange range;
  private final List<String> lies = new ArrayList<>();

  Wall(Dashboard dashboard, List<Check> checks, Store platform, Store truth, TimeRange range) {
    this.dashboard = dashboard;
    this.checks = checks;
    this.platform = platform;
    this.truth = truth;
    this.range = range;
  }

  int panels() {
    return (int) dashboard.panels().stream().filter(Dashboard.Panel::asksClickHouse).count();
  }

  List<String> lies() {
    return lies;
  }

  /** Asks everything; returns how many panels showed data. */
  int look() {
    int withData = 0;
    for (Dashboard.Panel panel : dashboard.panels()) {
      if (panel.asksClickHouse()) {
        withData += hasData(panel) ? 1 : 0;
      }
    }
    for (Dashboard.Annotation annotation : dashboard.annotations()) {
      ask(Check.Kind.ANNOTATION, annotation.name(), 0, annotation.query(), MINUTE, 1);
    }
    for (Dashboard.Variable variable : dashboard.variables()) {
      ask(Check.Kind.VARIABLE, variable.name(), 0, variable.query(), MINUTE, 1);
    }
    return withData;
  }

  private boolean hasData(Dashboard.Panel panel) {
    String query = panel.queries().getFirst();
    @Nullable Answer answer =
        ask(Check.Kind.PANEL, panel.title(), panel.id(), query, panel.interval(), panel.format());
    boolean data = answer != null && answer.hasData();
    if (answer != null && !data && !mayBeEmpty(panel)) {
      lies.add(named(panel.title()) + " shows nothing");
    }
    return data;
  }

  /** What an accident of this run leaves to chance is no lie when it is not there. */
  private boolean mayBeEmpty(Dashboard.Panel panel) {
    Optional<String> query =
        check(Check.Kind.PANEL, panel.title(), panel.id())
            .flatMap(check -> Optional.ofNullable(check.emptyIf()));
    try {
      return query.isPresent() && !read(truth, query.get(), new Choices(), range).rows().isEmpty();
    } catch (IOException | IllegalArgumentException e) {
      lies.add(named(panel.title()) + ": " + e.getMessage());
      return true;
    }
  }

  private Optional<Check> check(Check.Kind kind, String subject, int id) {
    return checks.stream()
        .filter(c -> c.kind() == kind && c.id() == id && c.subject().equals(subject))
        .findFirst();
  }

  private @Nullable Answer ask(
      Check.Kind kind, String subject, int id, String query, Duration interval, int format) {
    Optional<Check> check = check(kind, subject, id);
    if (check.isEmpty()) {
      lies.add(named(subject) + " has no check");
      return null;
    }
    try {
      return ask(check.get(), query, interval, format);
    } catch (IOException | IllegalArgumentException e) {
      lies.add(named(subject) + ": " + e.getMessage());
      return null;
    }
  }

  private Answer ask(Check check, String query, Duration interval, int format) throws IOException {
    Choices choices = choices(check);
    TimeRange shown = range.by(interval);
    if (check.until() != null) {
      long end = Long.parseLong(one(check.until(), choices, shown));
      shown = shown.until(Instant.ofEpochMilli(end));
    }
    Answer answer = read(platform, query, choices, shown);
    if (format == TIME_SERIES) {
      series(answer);
    }
    compare(check, answer, choices, shown);
    return answer;
  }

  /** Grafana makes lines of rows only when their times ascend. */
  private static void series(Answer answer) {
    if (!answer.columns().getFirst().equals("time")) {
      throw new IllegalArgumentException("a time series begins with the column time");
    }
    for (int i = 1; i < answer.rows().size(); i++) {
      String before = answer.rows().get(i - 1).getFirst();
      if (answer.rows().get(i).getFirst().compareTo(before) < 0) {
        throw new IllegalArgumentException("the times do not ascend");
      }
    }
  }

  private void compare(Check check, Answer answer, Choices choices, TimeRange shown)
      throws IOException {
    if (check.equals() != null) {
      Answer owed = read(truth, check.equals(), choices, shown);
      Comparison.difference(answer.only(owed.columns()), owed.rows())
          .ifPresent(difference -> lies.add(named(check.subject()) + " " + difference));
    }
    if (check.never() != null) {
      hang(answer);
      Answer against = read(truth, check.never(), choices, shown);
      if (!against.rows().isEmpty()) {
        lies.add(
            "%s: %d rows speak against it, such as %s"
                .formatted(
                    named(check.subject()), against.rows().size(), against.rows().getFirst()));
      }
    }
  }

  /** Puts the answer beside the truth, as table {@code panel}. */
  private void hang(Answer answer) throws IOException {
    truth.run("DROP TABLE IF EXISTS panel");
    truth.run("CREATE TABLE panel (" + answer.declarations() + ") ENGINE = Memory");
    if (!answer.rows().isEmpty()) {
      truth.run("INSERT INTO panel" + Answer.FORMAT + "\n" + answer.text());
    }
  }

  /** As the dashboard opens, but for what the check chooses. */
  private Choices choices(Check check) throws IOException {
    Choices choices = new Choices();
    for (Dashboard.Variable variable : dashboard.variables()) {
      String own = variable.name();
      @Nullable String with = check.with().get(own);
      if (with != null) {
        choices.choose(own, List.of(one(with, choices, range)));
      } else if (variable.multi()) {
        choices.choose(own, List.of(Choices.ALL));
      } else if (variable.current() != null) {
        choices.choose(own, List.of(variable.current()));
      } else if (!check.subject().equals(own)) {
        choices.choose(own, List.of(first(variable, choices)));
      }
    }
    return choices;
  }

  private String first(Dashboard.Variable variable, Choices choices) throws IOException {
    Answer answer = read(platform, variable.query(), choices, range);
    if (answer.rows().isEmpty()) {
      throw new IllegalArgumentException("variable " + variable.name() + " has no value");
    }
    return answer.rows().getFirst().getFirst();
  }

  private String one(String query, Choices choices, TimeRange shown) throws IOException {
    Answer answer = read(truth, query, choices, shown);
    if (!answer.hasData()) {
      throw new IllegalArgumentException("nothing in this run to compare with: " + query.strip());
    }
    return answer.rows().getFirst().getFirst();
  }

  private static Answer read(Store store, String query, Choices choices, TimeRange shown)
      throws IOException {
    String sql = new Macros(shown).expand(choices.fill(query));
    return Answer.read(store.run(sql + Answer.FORMAT));
  }

  private String named(String subject) {
    return dashboard.name() + ", " + subject;
  }
}
