// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.backtest.history.CountLog;
import dev.nines.backtest.history.Entry.Counted;
import dev.nines.backtest.history.Entry.Filled;
import dev.nines.backtest.history.Entry.Kept;
import dev.nines.backtest.history.Entry.Reported;
import dev.nines.backtest.history.History;
import dev.nines.backtest.history.LeastProgress;
import dev.nines.backtest.history.LedgerTopic;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.CountRecord.Past;
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
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;

/**
 * The final values of all slices, computed again from the log alone: the sums of its counts. The
 * order of the log changes nothing, and neither does what the engine did with it.
 */
public final class Replay {

  /** Some hundred bytes each. */
  private static final int SLICES_MAX = 5_000_000;

  /** Further ahead of the log no event is counted. */
  private static final Duration AHEAD_MAX = Duration.ofMinutes(5);

  private final Selection selection;
  private final TreeMap<SliceKey, SliceValue> slices = new TreeMap<>();
  private final Map<String, Map<Boolean, Long>> completeTo = new TreeMap<>();
  private long counts;
  private long first = Long.MAX_VALUE;
  private boolean cut;
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
            case Counted counted -> replay.add(counted.at(), counted.record("", 0));
            case Filled filled -> replay.fill(filled.at(), filled.past());
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
  public static Replay of(String bootstrapServers, String tenant, Selection selection)
      throws IOException {
    try {
      return read(bootstrapServers, tenant, selection);
    } catch (KafkaException e) {
      throw new IOException("Kafka does not answer: " + e.getMessage(), e);
    }
  }

  private static Replay read(String bootstrapServers, String tenant, Selection selection)
      throws IOException {
    KafkaClients kafka = new KafkaClients(bootstrapServers);
    Replay replay = new Replay(selection);
    Map<String, LeastProgress> tracks = new TreeMap<>();
    try (CountLog log = new CountLog(kafka)) {
      replay.cut = log.cut();
      for (Optional<CountLog.Read> read = log.next(); read.isPresent(); read = log.next()) {
        switch (read.get().value()) {
          case Counts counted when counted.slo().tenant().equals(tenant) ->
              replay.add(read.get().at(), counted);
          case Counts ofOthers -> {}
          case Past past when past.slo().id().tenant().equals(tenant) ->
              replay.fill(read.get().at(), past);
          case Past ofOthers -> {}
          case CompleteTo told ->
              tracks
                  .computeIfAbsent(told.region() + '/' + told.series(), _ -> new LeastProgress())
                  .report(read.get().at(), told)
                  .ifPresent(
                      least -> replay.report(least.region(), least.series(), least.completeTo()));
        }
        replay.requireRoom();
      }
    }
    replay.ledger = new LedgerTopic(kafka, tenant).minutes();
    return replay;
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
    long from = cut ? first + AHEAD_MAX.toMillis() : Long.MIN_VALUE;
    Map<String, Long> complete = new TreeMap<>();
    completeTo.forEach(
        (region, tracks) ->
            complete.put(
                region, tracks.values().stream().mapToLong(Long::longValue).min().orElse(0)));
    return LedgerComparison.of(
        slices,
        ledger.stream().filter(kept -> selection.takes(kept.slo(), kept.minute())).toList(),
        from,
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

  private void add(long at, Counts counted) {
    first = Math.min(first, at);
    counts++;
    add(counted.slo(), counted.line(), counted.region(), counted.cells());
  }

  /**
   * A new SLO's past, as the ledger has it. That of a new selector is in no ledger: the line before
   * accounts for its time.
   */
  private void fill(long at, Past past) {
    if (past.ledger()) {
      first = Math.min(first, at);
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
