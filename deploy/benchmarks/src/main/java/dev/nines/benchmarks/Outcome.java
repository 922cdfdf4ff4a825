// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import dev.nines.benchmarks.load.Encoding;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All runs, what they add up to, and whether that is enough. */
final class Outcome {

  private static final String BENCH = "ingest";
  private static final String UNIT = "spans/CPU-second";

  private final String peerVersion;
  private final Map<Encoding, List<Measured>> measured = new EnumMap<>(Encoding.class);

  /**
   * @param peerVersion of the Collector; empty without one
   */
  Outcome(String peerVersion) {
    this.peerVersion = peerVersion;
  }

  /** Ours is among them. */
  void add(Encoding encoding, List<Measured> subjects) {
    measured.put(encoding, subjects);
  }

  /** Medians with the least and the most, and our ratio to each peer. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    measured.forEach(
        (encoding, subjects) -> subjects.forEach(subject -> lines.add(line(encoding, subject))));
    return lines;
  }

  /** Goals, each with what was reached instead. */
  List<String> missed() {
    List<String> missed = new ArrayList<>();
    for (Encoding encoding : measured.keySet()) {
      Optional<Double> equal =
          subject(encoding, OtelCollector.Setting.EQUAL.subject()).map(Outcome::median);
      Goal.of(encoding)
          .missedBy(ours(encoding), equal)
          .forEach(line -> missed.add(encoding.word() + ": " + line));
    }
    return missed;
  }

  /** One for each encoding and peer; one for each encoding when there is no peer. */
  List<Figure> figures(String machine, String commit) {
    List<Figure> figures = new ArrayList<>();
    measured.forEach(
        (encoding, subjects) -> {
          List<Measured> peers = subjects.stream().filter(Outcome::isPeer).toList();
          if (peers.isEmpty()) {
            figures.add(figure(encoding, null, null, machine, commit));
          }
          for (Measured peer : peers) {
            String name = peer.subject() + " " + peerVersion;
            figures.add(figure(encoding, name, median(peer), machine, commit));
          }
        });
    return figures;
  }

  private Figure figure(
      Encoding encoding,
      @Nullable String peer,
      @Nullable Double peerValue,
      String machine,
      String commit) {
    double ours = ours(encoding);
    return new Figure(
        BENCH,
        "otlp-grpc-" + encoding.word() + "-to-kafka",
        Math.round(ours),
        UNIT,
        true,
        peer,
        peerValue == null ? null : (double) Math.round(peerValue),
        peerValue == null ? null : Math.round(100 * ours / peerValue) / 100.0,
        machine,
        commit);
  }

  private String line(Encoding encoding, Measured subject) {
    Spread spread = subject.spansPerCpuSecond();
    String ratio =
        isPeer(subject)
            ? String.format(
                Locale.ROOT, "  nines: %.2f times this", ours(encoding) / spread.median())
            : "";
    return String.format(
        Locale.ROOT,
        "  %-5s %-16s %,9.0f %s (%,.0f to %,.0f)%s",
        encoding.word(),
        subject.subject(),
        spread.median(),
        UNIT,
        spread.min(),
        spread.max(),
        ratio);
  }

  private double ours(Encoding encoding) {
    return subject(encoding, NinesCollector.NAME).map(Outcome::median).orElseThrow();
  }

  private Optional<Measured> subject(Encoding encoding, String name) {
    return measured.getOrDefault(encoding, List.of()).stream()
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
