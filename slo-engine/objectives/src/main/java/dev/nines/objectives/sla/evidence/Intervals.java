// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla.evidence;

import dev.nines.objectives.sla.Minutes;
import dev.nines.objectives.sla.Timeline;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The interval table as CSV: one row a minute and service, services in the contract's order.
 * Columns: number of the service from 1, start of the minute, events that are surely good,
 * uncertain ones, all events, events of everybody, verdict; where expected events are missing, they
 * stand before the verdict.
 */
public final class Intervals {

  public static final String HEADER = "service,minute,good,uncertain,total,heard,verdict";

  private static final int COLUMNS = 7;

  private static final String WITH_MISSING =
      "service,minute,good,uncertain,total,heard,missing,verdict";

  private Intervals() {}

  /** The counts and the verdicts of a table, each in the order of its rows. */
  record Table(List<Minutes> services, List<String> verdicts) {

    long uncertain() {
      long sum = 0;
      for (Minutes minutes : services) {
        for (int i = 0; i < minutes.count(); i++) {
          sum += minutes.uncertain(i);
        }
      }
      return sum;
    }
  }

  /** A row that is not as it must be. */
  static final class Malformed extends Exception {
    Malformed(int line, String message) {
      super("line " + line + ": " + message);
    }
  }

  public static String write(Instant from, List<Timeline> timelines) {
    boolean missing = timelines.stream().map(Timeline::minutes).anyMatch(Intervals::missing);
    StringBuilder csv = new StringBuilder(missing ? WITH_MISSING : HEADER).append('\n');
    for (int service = 0; service < timelines.size(); service++) {
      Timeline timeline = timelines.get(service);
      for (int i = 0; i < timeline.minutes().count(); i++) {
        csv.append(service + 1)
            .append(',')
            .append(from.plus(i, ChronoUnit.MINUTES))
            .append(',')
            .append(timeline.minutes().good(i))
            .append(',')
            .append(timeline.minutes().uncertain(i))
            .append(',')
            .append(timeline.minutes().total(i))
            .append(',')
            .append(timeline.minutes().heard(i))
            .append(missing ? "," + timeline.minutes().missing(i) + "," : ",")
            .append(timeline.verdict(i))
            .append('\n');
      }
    }
    return csv.toString();
  }

  /** Every row must be there, in order. */
  static Table read(String csv, int services, Instant from, int minutes) throws Malformed {
    String[] lines = csv.split("\n", -1);
    int rows = services * minutes;
    if (lines.length != rows + 2 || !lines[rows + 1].isEmpty()) {
      throw new Malformed(lines.length, "there must be " + rows + " rows after the header");
    }
    if (!List.of(HEADER, WITH_MISSING).contains(lines[0])) {
      throw new Malformed(1, "the header is not " + HEADER);
    }
    boolean missing = lines[0].equals(WITH_MISSING);
    List<Minutes> tables = new ArrayList<>();
    List<String> verdicts = new ArrayList<>(rows);
    for (int service = 0; service < services; service++) {
      Minutes table = new Minutes(minutes);
      for (int i = 0; i < minutes; i++) {
        int line = 1 + service * minutes + i;
        String begin = (service + 1) + "," + from.plus(i, ChronoUnit.MINUTES) + ",";
        verdicts.add(row(lines[line], missing, line + 1, begin, table, i));
      }
      tables.add(table);
    }
    return new Table(tables, verdicts);
  }

  private static boolean missing(Minutes minutes) {
    return IntStream.range(0, minutes.count()).anyMatch(i -> minutes.missing(i) > 0);
  }

  private static String row(
      String text, boolean missing, int line, String begin, Minutes table, int minute)
      throws Malformed {
    if (!text.startsWith(begin)) {
      throw new Malformed(line, "does not begin with " + begin);
    }
    String[] cells = text.split(",", -1);
    int columns = missing ? COLUMNS + 1 : COLUMNS;
    if (cells.length != columns) {
      throw new Malformed(line, "has " + cells.length + " columns instead of " + columns);
    }
    try {
      table.set(
          minute,
          new Minutes.Events(
              Long.parseLong(cells[2]),
              Long.parseLong(cells[3]),
              Long.parseLong(cells[4]),
              Long.parseLong(cells[5]),
              missing ? Long.parseLong(cells[COLUMNS - 1]) : 0));
    } catch (IllegalArgumentException e) {
      throw new Malformed(line, "holds no counts: " + e.getMessage());
    }
    return cells[columns - 1];
  }
}
