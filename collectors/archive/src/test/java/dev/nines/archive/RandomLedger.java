// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.LedgerDelta.Cause;
import dev.nines.objectives.SloId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Random rows of a ledger, and what adds them up one by one. */
final class RandomLedger {

  static final List<String> REGIONS = List.of("ap-south", "eu-west", "us-east");

  final List<LedgerDelta> deltas = new ArrayList<>();
  private final Random random;
  private final SloId slo;

  RandomLedger(long seed, SloId slo) {
    this.random = new Random(seed);
    this.slo = slo;
  }

  /** Sums of some rows, as a budget reads those of one region. */
  record Tally(long good, long bad, long total, long uncertain, long missing) {

    static final Tally NONE = new Tally(0, 0, 0, 0, 0);

    Tally plus(Tally more) {
      return new Tally(
          good + more.good,
          bad + more.bad,
          total + more.total,
          uncertain + more.uncertain,
          missing + more.missing);
    }
  }

  /** Minutes of [from, from + minutes): some idle, some late, some revised, some contradictory. */
  void fill(Instant from, int minutes) {
    for (int i = 0; i < minutes; i++) {
      Instant minute = from.plusSeconds(60L * i);
      for (String region : REGIONS) {
        for (int rows = random.nextInt(4); rows > 0; rows--) {
          boolean late = random.nextInt(4) == 0;
          long known = late ? 120 + random.nextInt(7_200) : 60 + random.nextInt(40);
          add(region, minute, minute.plusSeconds(known), late ? Cause.LATE : Cause.ON_TIME);
        }
      }
    }
  }

  private void add(String region, Instant minute, Instant known, Cause cause) {
    long total = random.nextInt(50) - (random.nextInt(12) == 0 ? 25 : 0);
    long uncertain = random.nextInt(3) == 0 ? random.nextInt(4) : 0;
    long failed = random.nextInt(3) == 0 ? random.nextInt(20) : 0;
    if (random.nextInt(25) == 0) {
      add(region, minute, 0, 0, 0, 1 + random.nextInt(9), known.plusSeconds(400), Cause.MISSING);
    }
    add(region, minute, total - failed - uncertain, total, uncertain, 0, known, cause);
  }

  void add(
      String region,
      Instant minute,
      long good,
      long total,
      long uncertain,
      long missing,
      Instant known,
      Cause cause) {
    String group = random.nextBoolean() ? "" : "g" + random.nextInt(3);
    deltas.add(
        new LedgerDelta(
            slo,
            1,
            1,
            region,
            group,
            minute,
            good,
            total,
            uncertain,
            missing,
            cause,
            known,
            "0_1",
            deltas.size()));
  }

  List<ConsumerRecord<byte[], byte[]>> records() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    deltas.forEach(
        delta -> records.add(Records.json(LedgerDelta.class, "slo.ledger", records.size(), delta)));
    return records;
  }

  /** Of one region. */
  Tally tally(String region, Predicate<LedgerDelta> wanted) {
    long good = 0;
    long total = 0;
    long uncertain = 0;
    long missing = 0;
    for (LedgerDelta delta : deltas) {
      if (delta.scope().equals(region) && wanted.test(delta)) {
        good += delta.good();
        total += delta.total();
        uncertain += delta.uncertain();
        missing += delta.missing();
      }
    }
    return read(good, total, uncertain, missing);
  }

  /** Of some regions: each is read by itself. */
  Tally tally(List<String> regions, Predicate<LedgerDelta> wanted) {
    Tally sum = Tally.NONE;
    for (String region : regions) {
      sum = sum.plus(tally(region, wanted));
    }
    return sum;
  }

  static List<String> members(String scope) {
    return scope.equals("global") ? REGIONS : List.of(scope);
  }

  static List<String> scopes() {
    return Stream.concat(Stream.of("global"), REGIONS.stream()).toList();
  }

  /** What is bad is at most what came; what is good is the rest. */
  private static Tally read(long good, long total, long uncertain, long missing) {
    long came = total < 0 ? 0 : total;
    long bad = total - good - uncertain;
    bad = bad < 0 ? 0 : bad > came ? came : bad;
    long unsure = uncertain < 0 ? 0 : uncertain > came - bad ? came - bad : uncertain;
    return new Tally(came - bad - unsure, bad + missing, came + missing, unsure, missing);
  }
}
