// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.backtest.history.Entry.Counted;
import dev.nines.backtest.history.Entry.Incident;
import dev.nines.backtest.history.Entry.Logged;
import dev.nines.backtest.history.Entry.Reported;
import dev.nines.backtest.history.Entry.Slice;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.Generation;
import dev.nines.objectives.SloId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files are read as they were written, and what is wrong in one is named with its line. */
class HistoryTest {

  private static final Instant START = Instant.parse("2026-11-27T10:00:00Z");

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsRead() throws IOException {
    List<Logged> log =
        List.of(
            new Counted(
                START.toEpochMilli(),
                new SloId("default", "a"),
                3,
                "eu",
                START.toEpochMilli() - 5,
                List.of(new Slice(10, -4, 7, 2, "acme"), new Slice(20, 0, 0, 0, "")),
                Source.COUNTERS,
                "customer.id",
                1,
                true),
            new Reported(START.toEpochMilli() + 1, "eu", 5, 4, true, true),
            new Reported(START.toEpochMilli() + 2, "eu", 6, 5, false, false));
    for (String name : List.of("day.jsonl", "day.jsonl.gz")) {
      Path file = folder.resolve(name);
      try (EntryFile out = EntryFile.create(file)) {
        out.write(new Entry.Head(1, "default"));
        out.write(new Entry.Defined(new Generation("default", 1, START, List.of())));
        for (Logged each : log) {
          out.write(each);
        }
      }
      History history = History.open(file);
      List<Logged> read = new ArrayList<>();
      history.play(read::add);
      assertThat(read).as(name).isEqualTo(log);
      assertThat(history.from()).isEqualTo(START);
      assertThat(history.to()).isEqualTo(START.plusMillis(2));
      assertThat(history.regions()).containsExactly("eu");
    }
    assertThat(Files.readAllBytes(folder.resolve("day.jsonl.gz"))).startsWith(0x1f, 0x8b);
  }

  /** A person writes labels: regions may be left out. */
  @Test
  void labelsAreLinesOfIncidents() throws IOException {
    Path file = folder.resolve("labels.jsonl");
    Files.writeString(
        file,
        """
        {"is":"incident","name":"x","begin":"2026-11-27T10:00:00Z","end":"2026-11-27T10:01:00Z","slos":["a"]}

        {"is":"incident","name":"y","begin":"2026-11-27T10:00:00Z","end":"2026-11-27T10:01:00Z","slos":["a","b"],"regions":["eu"]}
        """);
    List<Incident> incidents = History.incidents(file);
    assertThat(incidents).hasSize(2);
    assertThat(incidents.getFirst().covers("ap")).isTrue();
    assertThat(incidents.getLast().covers("ap")).isFalse();
    assertThat(incidents.getLast().covers("global")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"is\":\"incident\",\"begin\":\"2026-11-27T10:00:00Z\",\"end\":\"2026-11-27T10:01:00Z\",\"slos\":[\"a\"]}|:2 name: is required",
        "{\"is\":\"incident\",\"name\":\"x\",\"begin\":\"2026-11-27T10:00:00Z\",\"slos\":[\"a\"]}|:2 end: is required",
        "{\"is\":\"incident\",\"name\":\"x\",\"begin\":\"2026-11-27T10:00:00Z\",\"end\":\"2026-11-27T10:00:00Z\",\"slos\":[\"a\"]}|:2 end: is not after begin",
        "{\"is\":\"incident\",\"name\":\"x\",\"begin\":\"2026-11-27T10:00:00Z\",\"end\":\"2026-11-27T10:01:00Z\",\"slos\":[]}|:2 slos: names none",
        "{\"is\":\"history\",\"version\":2,\"tenant\":\"default\"}|:2 version: is 2, this reads 1",
        "{\"is\":\"weather\"}|:2 is no line of a history: Could not resolve type id 'weather'",
        "nothing|:2 is no line of a history: Unrecognized token 'nothing'",
      })
  void aWrongLineIsNamed(String line, String message) throws IOException {
    Path file = folder.resolve("wrong.jsonl");
    Files.writeString(file, "{\"is\":\"history\",\"version\":1,\"tenant\":\"default\"}\n" + line);
    assertThatThrownBy(() -> History.open(file))
        .isInstanceOf(UnreadableHistoryException.class)
        .hasMessageStartingWith(file + message);
  }

  @Test
  void countsWithoutObjectivesAreNoHistory() throws IOException {
    Path file = Files.writeString(folder.resolve("empty.jsonl"), "");
    assertThatThrownBy(() -> History.open(file))
        .hasMessage(file + " holds no objectives, or no counts");
    Files.writeString(file, "{\"is\":\"progress\",\"at\":1,\"region\":\"eu\"}\n");
    assertThatThrownBy(() -> History.open(file))
        .hasMessage(file + ":1 stands before the line that is a history");
  }
}
