// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.postmortem;

import dev.nines.incident.paging.PageLog;
import dev.nines.incident.paging.Summary;
import dev.nines.incident.postmortem.Impact.RegionImpact;
import dev.nines.incident.response.Incident;
import dev.nines.incident.response.IncidentState;
import dev.nines.incident.response.Timeline;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A postmortem as Markdown, in the order of the SRE book: computed facts first, each with the query
 * behind it, then empty sections for people. Computed text and human text never mix.
 */
final class Postmortem {

  private static final int GROUPS_SHOWN = 20;

  private final Dossier dossier;
  private final Incident incident;
  private final Markdown text = new Markdown();

  private Postmortem(Dossier dossier) {
    this.dossier = dossier;
    this.incident = dossier.incident();
  }

  static String write(Dossier dossier) {
    Postmortem postmortem = new Postmortem(dossier);
    postmortem.head();
    Dossier.Findings findings = dossier.findings();
    if (findings != null) {
      postmortem.impact(findings.impact());
      postmortem.groups(findings.groups());
      postmortem.exemplars(findings.exemplars());
      postmortem.changes(findings.changes());
    }
    postmortem.pages();
    postmortem.timeline();
    postmortem.audit();
    postmortem.people();
    return postmortem.text.toString();
  }

  private void head() {
    text.line("# Postmortem: " + Summary.title(incident) + " (incident " + incident.id() + ")");
    text.line("");
    String state = incident.state() instanceof IncidentState.Resolved ? "final" : "draft";
    text.line(
        "Facts computed at %s (%s). Sections under \"For people\" are empty on purpose."
            .formatted(dossier.writtenAt(), dossier.complete() ? state : state + ", incomplete"));
    text.heading(2, "The incident (computed)");
    text.item("What was told last", Summary.of(incident));
    text.item("Objective", incident.slo() == null ? "the platform itself" : incident.slo() + "");
    text.item("Severity", word(incident.severity()));
    text.item("Scopes when last told", String.join(", ", incident.scopes()));
    incident.conditions().stream()
        .filter(condition -> condition.traffic() != null)
        .forEach(gone -> text.item("Traffic in " + gone.scope(), Summary.figures(gone)));
    text.item("First bad slice", incident.burned().firstBadAt().toString());
    text.item("Policy true", incident.burned().policyTrueAt().toString());
    text.item("Opened", incident.openedAt().toString());
    text.item(
        "State",
        "%s since %s by %s"
            .formatted(
                word(incident.state().kind()), incident.state().at(), incident.state().by()));
    text.item("Runs", Integer.toString(incident.run()));
  }

  private void impact(Fact<Impact> fact) {
    text.heading(2, "Impact (computed)");
    switch (fact) {
      case Fact.Missing<Impact> missing -> missing(missing);
      case Fact.Known<Impact>(Impact impact, String query) -> {
        text.item("Began, to the minute", shown(impact.began()));
        text.item("Ended, to the minute", shown(impact.ended()));
        if (impact.began() != null && impact.ended() != null) {
          text.item("Lasted", seconds(impact.began(), impact.ended()));
        }
        text.item("Requests hit", impact.bad() + " of " + impact.total());
        if (impact.missing() > 0) {
          text.item("Of them expected and not come", Long.toString(impact.missing()));
        }
        text.item("Budget spent", percent(impact.budgetSpent()) + " of the period's error budget");
        text.line("").head("Region", "Bad", "Total", "Bad share");
        for (RegionImpact region : impact.regions()) {
          text.row(
              region.region(),
              Long.toString(region.bad()),
              Long.toString(region.total()),
              share(region.bad(), region.total()));
        }
        text.query(query);
      }
    }
  }

  /** An objective without groups, or none that was hit, has no such section. */
  private void groups(Fact<List<GroupImpact>> fact) {
    if (fact instanceof Fact.Known<List<GroupImpact>> known && known.value().isEmpty()) {
      return;
    }
    text.heading(2, "Groups hit, by bad requests (computed)");
    switch (fact) {
      case Fact.Missing<List<GroupImpact>> missing -> missing(missing);
      case Fact.Known<List<GroupImpact>>(List<GroupImpact> groups, String query) -> {
        text.head("Group", "Bad", "Total", "Bad share");
        for (GroupImpact group : groups.subList(0, Math.min(GROUPS_SHOWN, groups.size()))) {
          text.row(
              group.group(),
              Long.toString(group.bad()),
              Long.toString(group.total()),
              share(group.bad(), group.total()));
        }
        if (groups.size() > GROUPS_SHOWN) {
          text.line("").line("and " + (groups.size() - GROUPS_SHOWN) + " more.");
        }
        text.query(query);
      }
    }
  }

  private void exemplars(Fact<List<String>> fact) {
    text.heading(2, "Traces of failing requests (computed)");
    switch (fact) {
      case Fact.Missing<List<String>> missing -> missing(missing);
      case Fact.Known<List<String>>(List<String> traces, String query) -> {
        if (traces.isEmpty()) {
          text.line("None is stored.");
        }
        traces.forEach(trace -> text.line("- `" + trace.replace('`', ' ') + "`"));
        text.query(query);
      }
    }
  }

  private void changes(Fact<List<ChangeShare>> fact) {
    text.heading(2, "Changes, by how much more often bad requests carry them (computed)");
    switch (fact) {
      case Fact.Missing<List<ChangeShare>> missing -> missing(missing);
      case Fact.Known<List<ChangeShare>>(List<ChangeShare> changes, String query) -> {
        if (changes.isEmpty()) {
          text.line("No change is known in this time.");
        } else {
          text.head("Change", "Service", "Version", "Region", "At", "Among bad", "Among good");
        }
        changes.forEach(this::change);
        text.query(query);
      }
    }
  }

  private void change(ChangeShare share) {
    text.row(
        share.change().kind() + " " + share.change().id() + " " + share.change().summary(),
        share.change().service(),
        share.change().version(),
        share.change().region().isEmpty() ? "everywhere" : share.change().region(),
        share.change().at().toString(),
        share(share.badWith(), share.badTotal()),
        share(share.goodWith(), share.goodTotal()));
  }

  private void pages() {
    text.heading(2, "Pages (computed)");
    if (dossier.pages().isEmpty()) {
      text.line("Nobody was told.");
    } else {
      text.head(
          "Page",
          "Who",
          "Channel",
          "Loop, step",
          "Attempt",
          "Policy true",
          "Decided",
          "Stored",
          "Claimed",
          "Sent",
          "Answered",
          "Result",
          "Policy to sent");
    }
    for (PageLog.Attempt page : dossier.pages()) {
      text.row(
          page.page(),
          page.user().isEmpty() ? "the channel" : page.user(),
          page.channel(),
          page.loop() + ", " + page.step(),
          page.attempt() + (page.mayBeRepeat() ? " (may be a repeat)" : ""),
          page.burnAt().toString(),
          since(page.burnAt(), page.decidedAt()),
          since(page.burnAt(), page.storedAt()),
          since(page.burnAt(), page.claimedAt()),
          since(page.burnAt(), page.sentAt()),
          page.answeredAt() == null ? "never" : since(page.burnAt(), page.answeredAt()),
          word(page.result()) + (page.detail().isEmpty() ? "" : ": " + page.detail()),
          page.event().equals("TRIGGER") ? since(page.burnAt(), page.sentAt()) : "");
    }
    text.query("SELECT * FROM page_log WHERE incident = " + incident.id());
  }

  private void timeline() {
    text.heading(2, "Timeline (computed)");
    text.head("At", "What", "Who", "Text");
    for (Timeline.Row row : dossier.timeline()) {
      text.row(row.at().toString(), row.kind(), row.actor(), row.text());
    }
    text.query("SELECT * FROM incident_timeline WHERE incident = " + incident.id());
  }

  private void audit() {
    text.heading(2, "Audit (computed)");
    text.line("Rows of the tenant's audit trail (number, start of the hash):").line("");
    dossier.auditRows().forEach(row -> text.line("- " + row));
    text.query(
        "SELECT * FROM audit WHERE tenant = '%s' AND subject = '%s' ORDER BY seq"
            .formatted(incident.tenant().replace("'", "''"), incident.subject()));
  }

  private void people() {
    text.line("").line("---").heading(1, "For people");
    text.toWrite("Summary", List.of());
    text.toWrite("Root cause", List.of());
    text.toWrite("Trigger", List.of());
    text.toWrite("Resolution", List.of());
    text.toWrite("What went well", List.of());
    text.toWrite("What went wrong", List.of());
    text.toWrite("Where we got lucky", List.of());
    text.toWrite(
        "Action items", List.of("| Action | Type | Owner | Due |\n| --- | --- | --- | --- |"));
  }

  private void missing(Fact.Missing<?> missing) {
    text.line("**Missing:** " + missing.reason().replace('\n', ' '));
    text.query(missing.query());
  }

  private static String since(Instant start, Instant end) {
    return "+" + Duration.between(start, end).toMillis() + " ms";
  }

  private static String seconds(Instant start, Instant end) {
    return Duration.between(start, end).toSeconds() + " s";
  }

  private static String shown(@Nullable Instant instant) {
    return instant == null ? "no bad event is in the ledger" : instant.toString();
  }

  private static String share(long part, long whole) {
    return whole == 0
        ? "none"
        : percent(
            BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), 6, RoundingMode.HALF_UP));
  }

  private static String percent(BigDecimal share) {
    return share.movePointRight(2).setScale(2, RoundingMode.HALF_UP).toPlainString() + " %";
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
