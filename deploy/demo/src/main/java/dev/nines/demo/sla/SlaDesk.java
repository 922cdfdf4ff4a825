// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.sla;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nines.demo.stage.Api;
import dev.nines.demo.stage.Installation;
import dev.nines.demo.truth.Count;
import dev.nines.demo.truth.Truth;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes the contract, asks for its report at the end, and counts what is due by itself. */
public final class SlaDesk {

  private static final JsonMapper JSON = new JsonMapper();
  private static final long NANOS_PER_MINUTE = 60_000_000_000L;

  private final Api api;
  private final Terms terms;
  private final Installation nines;
  private final Path folder;

  /**
   * @param folder for the files of the report
   */
  public SlaDesk(Api api, Terms terms, Installation nines, Path folder) {
    this.api = api;
    this.terms = terms;
    this.nines = nines;
    this.folder = folder;
  }

  /** Makes the contract; its objective is there already. */
  public static void sign(Api api, Terms terms) throws IOException {
    api.send("PUT", "/api/v1/contracts", "application/yaml", terms.yaml());
  }

  /**
   * The month so far, in every format, and its evidence checked by the command line.
   *
   * @param truth events of the shop's own log
   */
  public SlaResult report(Truth truth) throws IOException {
    Instant asOf = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    YearMonth month = YearMonth.from(asOf.atZone(terms.zone()));
    String query = "?customer=%s&month=%s&asOf=%s".formatted(terms.customer(), month, asOf);
    Files.createDirectories(folder);
    Path json = report("json", query);
    List<Path> shown =
        List.of(json, report("html", query), report("pdf", query), report("csv", query));
    Path pack = fetch("zip", "evidence" + query);
    Path key = fetch("pem", "key");
    Owed owed = Owed.by(terms, minutes(truth, month, asOf).values());
    JsonNode report = JSON.readTree(json.toFile());
    List<String> broken = new ArrayList<>(differences(report, owed));
    verify(pack, key).ifPresent(broken::add);
    return new SlaResult(
        terms.customer(),
        new BigDecimal(report.at("/total/payable").asText()),
        terms.currency(),
        owed.credit(),
        Stream.concat(shown.stream(), Stream.of(pack, key)).map(Path::toString).toList(),
        broken);
  }

  private Path report(String format, String query) throws IOException {
    return fetch(format, "reports" + query + "&format=" + format);
  }

  /** What is wrong with the evidence, by the command line and without the server. */
  private Optional<String> verify(Path pack, Path key) throws IOException {
    String said =
        nines.run(
            folder.resolve("verify.log"),
            "sla",
            "verify",
            "--key",
            key.toString(),
            pack.toString());
    return said.contains("The pack holds.")
        ? Optional.empty()
        : Optional.of("the evidence: " + said.strip());
  }

  private Path fetch(String ending, String path) throws IOException {
    Path file = folder.resolve("sla-" + terms.customer() + "." + ending);
    return Files.write(file, api.bytes("/api/v1/sla/" + path));
  }

  /** Counts of each whole minute of the month that is over. */
  private Map<Long, Count> minutes(Truth truth, YearMonth month, Instant asOf) {
    long first = minute(month.atDay(1).atStartOfDay(terms.zone()).toInstant());
    long behindLast = minute(asOf);
    Map<Long, Count> minutes = new TreeMap<>();
    truth
        .events()
        .filter(event -> event.slo().equals(terms.slo()))
        .forEach(
            event -> {
              long minute = Math.floorDiv(event.span().endNanos(), NANOS_PER_MINUTE);
              if (first <= minute && minute < behindLast) {
                minutes.merge(minute, new Count(event.bad() ? 0 : 1, 1), Count::plus);
              }
            });
    return minutes;
  }

  private static long minute(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond(), 60);
  }

  private List<String> differences(JsonNode report, Owed owed) {
    JsonNode service = report.at("/services/0");
    List<String> broken = new ArrayList<>();
    same(broken, "minutes up", service.at("/minutes/up"), BigDecimal.valueOf(owed.up()));
    same(broken, "minutes down", service.at("/minutes/down"), BigDecimal.valueOf(owed.down()));
    same(
        broken, "good events", service.at("/goodEvents"), BigDecimal.valueOf(owed.events().good()));
    same(broken, "events", service.at("/totalEvents"), BigDecimal.valueOf(owed.events().total()));
    same(broken, "uptime", service.at("/uptime"), owed.uptime());
    same(broken, "credit", report.at("/total/payable"), owed.credit());
    return broken;
  }

  private void same(List<String> broken, String what, JsonNode said, BigDecimal owed) {
    boolean number = said.isNumber() || said.isTextual();
    if (!number || new BigDecimal(said.asText()).compareTo(owed) != 0) {
      broken.add(
          "5 exact arithmetic: %s in the report of %s is %s, by the shop's log it is %s"
              .formatted(what, terms.customer(), said, owed.toPlainString()));
    }
  }
}
