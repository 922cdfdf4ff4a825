// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.backtest.history.AcceptedLog;
import dev.nines.backtest.history.AcceptedLog.Batch;
import dev.nines.backtest.history.CountLog;
import dev.nines.backtest.history.Entry.Counted;
import dev.nines.backtest.history.Entry.Filled;
import dev.nines.backtest.history.Entry.Kept;
import dev.nines.backtest.history.Entry.Reported;
import dev.nines.backtest.history.History;
import dev.nines.backtest.history.LeastProgress;
import dev.nines.backtest.history.LedgerTopic;
import dev.nines.backtest.history.ObjectivesTopic;
import dev.nines.backtest.history.ScratchFolder;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.CountRecord.Past;
import dev.nines.objectives.Generation;
import dev.nines.objectives.SloId;
import dev.nines.transport.KafkaClients;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;

/**
 * The final values of all slices, computed again from the log alone: the sums of its counts. The
 * order of the log changes nothing, and neither does what the engine did with it.
 */
public final class Replay {

  /** Some 200 bytes each, of a heap of 1 GB. */
  private static final int SLICES_MAX = 2_000_000;

  /** Further ahead of the log no event is counted. */
  private static final Duration AHEAD_MAX = Duration.ofMinutes(5);

  private final Selection selection;
  private final TreeMap<SliceKey, SliceValue> slices = new TreeMap<>();
  private final Map<String, Map<Boolean, Long>> completeTo = new TreeMap<>();
  private long counts;
  private long wholeFromMillis = Long.MIN_VALUE;
  private List<Kept> ledger = List.of();

  private Replay(Selection selection) {
    this.selection = selection;
  }

  /** From a recorded history, beside the ledger that was recorded with it. */
  public static Replay of(History history, Selection selection) throws IOException {
    Replay replay = new Replay(selection);
    history.play(
        logged -> {
          switch (logged) {
            case Counted counted -> replay.add(counted.record("", 0));
            case Filled filled -> replay.fill(filled.past());
            case Reported told -> replay.report(told.region(), told.series(), told.completeTo());
          }
        });
    replay.requireRoom();
    replay.ledger = history.ledger();
    return replay;
  }

  /**
   * From Kafka, as far as it goes now, beside what the ledger's topic has a moment later.
   *
   * @throws IOException when Kafka does not answer
   */
  public static Replay of(String bootstrapServers, String tenant, Selection selection, Instant now)
      throws IOException {
    try {
      KafkaClients kafka = new KafkaClients(bootstrapServers);
      Replay replay = new Replay(selection);
      replay.readLog(kafka, tenant, true, now);
      replay.ledger = new LedgerTopic(kafka, tenant).minutes();
      return replay;
    } catch (KafkaException e) {
      throw new IOException("Kafka does not answer: " + e.getMessage(), e);
    }
  }

  /**
   * As {@link #of(String, String, Selection, Instant)}, but the batches that Kafka still has are
   * counted again by extraction itself. What was filled in of the past is taken from the log of
   * counts.
   *
   * @throws IOException when Kafka does not answer
   */
  public static Replay ofTelemetry(
      String bootstrapServers, String tenant, Selection selection, Instant now) throws IOException {
    try {
      KafkaClients kafka = new KafkaClients(bootstrapServers);
      Replay replay = new Replay(selection);
      replay.readLog(kafka, tenant, false, now);
      replay.recount(kafka, tenant, now);
      replay.ledger = new LedgerTopic(kafka, tenant).minutes();
      return replay;
    } catch (KafkaException e) {
      throw new IOException("Kafka does not answer: " + e.getMessage(), e);
    }
  }

  private void readLog(KafkaClients kafka, String tenant, boolean counts, Instant now)
      throws IOException {
    Map<String, LeastProgress> tracks = new TreeMap<>();
    try (CountLog log = new CountLog(kafka)) {
      wholeFrom(log.wholeFrom(now));
      for (Optional<CountLog.Read> read = log.next(); read.isPresent(); read = log.next()) {
        switch (read.get().value()) {
          case Counts counted when counts && counted.slo().tenant().equals(tenant) -> add(counted);
          case Counts ofOthersOrNotAsked -> {}
          case Past past when past.slo().id().tenant().equals(tenant) -> fill(past);
          case Past ofOthers -> {}
          case CompleteTo told ->
              tracks
                  .computeIfAbsent(told.region() + '/' + told.series(), _ -> new LeastProgress())
                  .report(read.get().at(), told)
                  .ifPresent(least -> report(least.region(), least.series(), least.completeTo()));
        }
        requireRoom();
      }
    }
  }

  private void recount(KafkaClients kafka, String tenant, Instant now) throws IOException {
    List<Generation> generations = new ObjectivesTopic(kafka, tenant).generations();
    try (AcceptedLog log = new AcceptedLog(kafka, tenant);
        ScratchFolder folder = ScratchFolder.create();
        Recount recount = new Recount(folder.path(), log.regions(), generations, this::add)) {
      wholeFrom(log.wholeFrom(now));
      for (Optional<Batch> batch = log.next(); batch.isPresent(); batch = log.next()) {
        recount.take(batch.get());
        requireRoom();
      }
      recount.finish();
    }
    requireRoom();
  }

  /** An event counts at most so long ahead of its batch. */
  private void wholeFrom(OptionalLong logMillis) {
    logMillis.ifPresent(
        millis -> wholeFromMillis = Math.max(wholeFromMillis, millis + AHEAD_MAX.toMillis()));
  }

  public long counts() {
    return counts;
  }

  public int slices() {
    return slices.size();
  }

  /** SHA-256 over {@link #write}, in hex. */
  public String sha256() {
    try (DigestOutputStream out =
        new DigestOutputStream(
            OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
      write(out);
      return HexFormat.of().formatHex(out.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The canonical text: for each slice a line of SLO, line, region, group, start in epoch seconds,
   * good, total and uncertain, between tabs; sorted by the first five. A slice of nothing is none.
   */
  public void write(OutputStream out) throws IOException {
    for (Map.Entry<SliceKey, SliceValue> slice : slices.entrySet()) {
      if (!slice.getValue().equals(SliceValue.NONE)) {
        out.write(line(slice.getKey(), slice.getValue()).getBytes(UTF_8));
      }
    }
  }

  /** Beside the ledger, minute by minute, where the log has all and is complete. */
  public LedgerComparison ledger() {
    Map<String, Long> complete = new TreeMap<>();
    completeTo.forEach(
        (region, tracks) ->
            complete.put(
                region, tracks.values().stream().mapToLong(Long::longValue).min().orElse(0)));
    return LedgerComparison.of(
        slices,
        ledger.stream().filter(kept -> selection.takes(kept.slo(), kept.minute())).toList(),
        wholeFromMillis,
        complete);
  }

  private static String line(SliceKey key, SliceValue value) {
    return String.join(
        "\t",
        key.slo().toString(),
        Long.toString(key.line()),
        key.region(),
        key.group(),
        Long.toString(key.start()),
        Long.toString(value.good()),
        Long.toString(value.total()),
        Long.toString(value.uncertain()) + "\n");
  }

  private void add(Counts counted) {
    counts++;
    add(counted.slo(), counted.line(), counted.region(), counted.cells());
  }

  /**
   * A new SLO's past: what is replayed is what counted at the time. Of the past of a new selector
   * the line before accounts for.
   */
  private void fill(Past past) {
    if (past.ledger()) {
      counts++;
      past.regions()
          .forEach((region, cells) -> add(past.slo().id(), past.slo().line(), region, cells));
    }
  }

  private void add(SloId slo, long line, String region, List<Cell> cells) {
    for (Cell cell : cells) {
      if (slices.size() <= SLICES_MAX && selection.takes(slo, cell.sliceStartSeconds())) {
        slices.merge(
            new SliceKey(slo, line, region, cell.group(), cell.sliceStartSeconds()),
            new SliceValue(cell.good(), cell.total(), cell.uncertain()),
            SliceValue::plus);
      }
    }
  }

  private void report(String region, boolean series, long millis) {
    completeTo.computeIfAbsent(region, name -> new TreeMap<>()).merge(series, millis, Math::max);
  }

  private void requireRoom() throws TooManySlicesException {
    if (slices.size() > SLICES_MAX) {
      throw new TooManySlicesException(SLICES_MAX);
    }
  }

  /**
   * Which slices.
   *
   * @param slos names; all when it is empty
   * @param from first start, on a minute; empty for the first of the log
   * @param to not itself in it, on a minute; empty for the last
   */
  public record Selection(Set<String> slos, Optional<Instant> from, Optional<Instant> to) {

    public static final Selection ALL = new Selection(Set.of(), Optional.empty(), Optional.empty());

    boolean takes(SloId slo, long start) {
      return (slos.isEmpty() || slos.contains(slo.name()))
          && from.map(first -> first.getEpochSecond() <= start).orElse(true)
          && to.map(last -> start < last.getEpochSecond()).orElse(true);
    }
  }
}
