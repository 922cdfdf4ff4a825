// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest.history;

import dev.nines.backtest.history.Entry.Counted;
import dev.nines.backtest.history.Entry.Defined;
import dev.nines.backtest.history.Entry.Filled;
import dev.nines.backtest.history.Entry.Head;
import dev.nines.backtest.history.Entry.Incident;
import dev.nines.backtest.history.Entry.Kept;
import dev.nines.backtest.history.Entry.Logged;
import dev.nines.backtest.history.Entry.Reported;
import dev.nines.backtest.history.Entry.Told;
import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.Generation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A recorded history. Everything but the log is in memory; the log is read anew by each {@link
 * #play}.
 */
public final class History {

  private final Path file;
  private final List<Generation> generations = new ArrayList<>();
  private final List<Incident> incidents = new ArrayList<>();
  private final List<BurnRecord.Change> told = new ArrayList<>();
  private final List<Kept> ledger = new ArrayList<>();
  private final Set<String> regions = new TreeSet<>();
  private boolean headed;
  private String tenant = "";
  private long counts;
  private long from = Long.MAX_VALUE;
  private long to = Long.MIN_VALUE;

  private History(Path file) {
    this.file = file;
  }

  /**
   * Reads a file to its end, once.
   *
   * @throws UnreadableHistoryException names the line that is wrong
   * @throws IOException when the file cannot be read
   */
  public static History open(Path file) throws IOException {
    History history = new History(file);
    EntryFile.read(file, history::take);
    if (history.generations.isEmpty() || history.counts == 0) {
      throw new UnreadableHistoryException(file + " holds no objectives, or no counts");
    }
    return history;
  }

  /** Labels alone, one a line: {@code {"is":"incident",...}}. */
  public static List<Incident> incidents(Path file) throws IOException {
    List<Incident> incidents = new ArrayList<>();
    EntryFile.read(
        file,
        entry -> {
          if (!(entry instanceof Incident incident)) {
            throw new IllegalArgumentException("is no incident");
          }
          incidents.add(checked(incident));
        });
    return incidents;
  }

  /** Gives the log in its order. */
  public void play(Consumer<Logged> receiver) throws IOException {
    EntryFile.read(
        file,
        entry -> {
          if (entry instanceof Logged logged) {
            receiver.accept(logged);
          }
        });
  }

  public String tenant() {
    return tenant;
  }

  public List<Generation> generations() {
    return generations;
  }

  public List<Incident> incidents() {
    return incidents;
  }

  /** What the engine told at the time. */
  public List<BurnRecord.Change> told() {
    return told;
  }

  /** What the ledger had when the history was recorded. */
  public List<Kept> ledger() {
    return ledger;
  }

  /** Regions that something was counted in. */
  public Set<String> regions() {
    return regions;
  }

  /** Records of counts. */
  public long counts() {
    return counts;
  }

  public Instant from() {
    return Instant.ofEpochMilli(from);
  }

  public Instant to() {
    return Instant.ofEpochMilli(to);
  }

  private void take(Entry entry) {
    if (!headed && !(entry instanceof Head)) {
      throw new IllegalArgumentException("stands before the line that is a history");
    }
    switch (entry) {
      case Head head -> head(head);
      case Defined defined -> generations.add(defined.generation());
      case Incident incident -> incidents.add(checked(incident));
      case Told changed -> told.add(changed.change());
      case Kept kept -> ledger.add(kept);
      case Counted counted -> {
        counts++;
        regions.add(counted.region());
        reach(counted);
      }
      case Filled filled -> reach(filled);
      case Reported reported -> reach(reported);
    }
  }

  private void head(Head head) {
    if (head.version() != Entry.VERSION) {
      throw new IllegalArgumentException(
          "version: is %d, this reads %d".formatted(head.version(), Entry.VERSION));
    }
    headed = true;
    tenant = head.tenant();
  }

  private void reach(Logged logged) {
    from = Math.min(from, logged.at());
    to = Math.max(to, logged.at());
  }

  private static Incident checked(Incident incident) {
    require("name", incident.name());
    require("begin", incident.begin());
    require("end", incident.end());
    require("slos", incident.slos());
    if (!incident.begin().isBefore(incident.end())) {
      throw new IllegalArgumentException("end: is not after begin");
    }
    if (incident.slos().isEmpty()) {
      throw new IllegalArgumentException("slos: names none");
    }
    return incident;
  }

  private static void require(String field, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException(field + ": is required");
    }
  }
}
