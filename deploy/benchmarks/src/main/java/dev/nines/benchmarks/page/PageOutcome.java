// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import dev.nines.benchmarks.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All runs, and whether they are good enough. */
final class PageOutcome {

  /** Of ours, from the acknowledgement, at every number of SLOs up to 10,000. */
  private static final long P99_MILLIS_MAX = 1_000;

  private static final Overheads NONE = new Overheads(List.of(), 0);

  private final Map<Integer, Overheads> sinceAcknowledged = new LinkedHashMap<>();
  private final Map<Integer, Overheads> sinceEvents = new LinkedHashMap<>();
  private final Map<Integer, Map<Setting, Overheads>> peers = new LinkedHashMap<>();
  private final List<String> wrong = new ArrayList<>();
  private String peerVersion = "";

  void ours(int slos, PageResult result) {
    sinceAcknowledged.merge(slos, result.sinceAcknowledged(), Overheads::plus);
    sinceEvents.merge(slos, result.sinceEvents(), Overheads::plus);
    result.wrong().forEach(line -> wrong.add("at %,d SLOs: %s".formatted(slos, line)));
  }

  /**
   * @param version of the peer's programs
   */
  void peer(String version) {
    peerVersion = version;
  }

  void peer(int slos, Setting setting, Overheads overheads) {
    peers.computeIfAbsent(slos, n -> new LinkedHashMap<>()).put(setting, overheads);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    sinceAcknowledged.forEach((slos, late) -> lines.add(line(slos, "nines, acknowledged", late)));
    lines.add("  from the request that makes the policy true:");
    sinceEvents.forEach((slos, late) -> lines.add(line(slos, "nines", late)));
    peers.forEach(
        (slos, settings) ->
            settings.forEach((setting, late) -> lines.add(line(slos, setting.subject(), late))));
    return lines;
  }

  /** Goals, each with what was reached instead. */
  List<String> missed() {
    List<String> missed = new ArrayList<>(wrong);
    sinceAcknowledged.forEach(
        (slos, late) -> {
          if (!late.complete()) {
            missed.add(
                "at %,d SLOs: %,d pages that were due did not come"
                    .formatted(slos, late.missing()));
          }
          if (!late.millis().isEmpty() && late.p99() > P99_MILLIS_MAX) {
            missed.add(
                "at %,d SLOs: 99 %% of the pages within %,d ms, the goal is %,d ms"
                    .formatted(slos, late.p99(), P99_MILLIS_MAX));
          }
        });
    return missed;
  }

  /** One for each number of SLOs of ours, and one for each setting of the peer. */
  List<Figure> figures(String machine, String commit) {
    List<Figure> figures = new ArrayList<>();
    sinceAcknowledged.forEach(
        (slos, late) -> {
          if (!late.millis().isEmpty()) {
            String metric = "overhead-since-acknowledgement-p99-at-%d-slos".formatted(slos);
            figures.add(figure(metric, late.p99(), null, null, machine, commit));
          }
        });
    peers.forEach(
        (slos, settings) ->
            settings.forEach(
                (setting, theirs) -> {
                  Overheads ours = sinceEvents.getOrDefault(slos, NONE);
                  if (!ours.millis().isEmpty() && !theirs.millis().isEmpty()) {
                    String metric = "overhead-since-request-median-at-%d-slos".formatted(slos);
                    String peer = setting + ": " + peerVersion;
                    figures.add(
                        figure(metric, ours.median(), peer, theirs.median(), machine, commit));
                  }
                }));
    return figures;
  }

  private static Figure figure(
      String metric,
      long millis,
      @Nullable String peer,
      @Nullable Long peerMillis,
      String machine,
      String commit) {
    return new Figure(
        "page",
        metric,
        millis,
        "ms",
        false,
        peer,
        peerMillis == null ? null : (double) peerMillis,
        peerMillis == null ? null : Math.round(100.0 * millis / peerMillis) / 100.0,
        machine,
        commit);
  }

  private static String line(int slos, String subject, Overheads late) {
    return String.format(
        Locale.ROOT, "  %,7d %-5s %-20s %s", slos, slos == 1 ? "SLO" : "SLOs", subject, late);
  }
}
