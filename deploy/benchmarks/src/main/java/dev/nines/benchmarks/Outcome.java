// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All runs, what they add up to, and whether that is enough. */
final class Outcome {

  private static final String UNIT = "spans/CPU-second";

  private final String peerVersion;
  private final Map<Case, List<Measured>> measured = new LinkedHashMap<>();

  /**
   * @param peerVersion of the Collector; empty without one
   */
  Outcome(String peerVersion) {
    this.peerVersion = peerVersion;
  }

  /** Ours is among them. */
  void add(Case each, List<Measured> subjects) {
    measured.put(each, subjects);
  }

  /** Medians with the least and the most, and our ratio to each peer. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    measured.forEach(
        (each, subjects) -> subjects.forEach(subject -> lines.add(line(each, subject))));
    return lines;
  }

  /** Goals, each with what was reached instead. */
  List<String> missed() {
    List<String> missed = new ArrayList<>();
    for (Case each : measured.keySet()) {
      Optional<Double> equal = subject(each, OtelCollector.EQUAL).map(Outcome::median);
      each.goal()
          .missedBy(ours(each), equal)
          .forEach(line -> missed.add(each.word() + ": " + line));
    }
    return missed;
  }

  /** One for each case and peer; one for each case when there is no peer. */
  List<Figure> figures(String machine, String commit) {
    List<Figure> figures = new ArrayList<>();
    measured.forEach(
        (each, subjects) -> {
          List<Measured> peers = subjects.stream().filter(Outcome::isPeer).toList();
          if (peers.isEmpty()) {
            figures.add(figure(each, null, null, machine, commit));
          }
          for (Measured peer : peers) {
            String name = peer.subject() + " " + peerVersion;
            figures.add(figure(each, name, median(peer), machine, commit));
          }
        });
    return figures;
  }

  private Figure figure(
      Case each, @Nullable String peer, @Nullable Double peerValue, String machine, String commit) {
    double ours = ours(each);
    return new Figure(
        each.bench(),
        each.metric(),
        Math.round(ours),
        UNIT,
        true,
        peer,
        peerValue == null ? null : (double) Math.round(peerValue),
        peerValue == null ? null : Math.round(100 * ours / peerValue) / 100.0,
        machine,
        commit);
  }

  private String line(Case each, Measured subject) {
    Spread spread = subject.spansPerCpuSecond();
    String ratio =
        isPeer(subject)
            ? String.format(Locale.ROOT, "  nines: %.2f times this", ours(each) / spread.median())
            : "";
    return String.format(
        Locale.ROOT,
        "  %-5s %-16s %,9.0f %s (%,.0f to %,.0f)%s",
        each.word(),
        subject.subject(),
        spread.median(),
        UNIT,
        spread.min(),
        spread.max(),
        ratio);
  }

  private double ours(Case each) {
    return subject(each, NinesCollector.NAME).map(Outcome::median).orElseThrow();
  }

  private Optional<Measured> subject(Case each, String name) {
    return measured.getOrDefault(each, List.of()).stream()
        .filter(one -> one.subject().equals(name))
        .findFirst();
  }

  private static double median(Measured subject) {
    return subject.spansPerCpuSecond().median();
  }

  private static boolean isPeer(Measured subject) {
    return !subject.subject().equals(NinesCollector.NAME);
  }
}
