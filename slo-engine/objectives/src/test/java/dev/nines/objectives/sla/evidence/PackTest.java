// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.sla.Contract;
import dev.nines.objectives.sla.ContractReader;
import dev.nines.objectives.sla.Exclusion;
import dev.nines.objectives.sla.Minutes;
import dev.nines.objectives.sla.Report;
import dev.nines.objectives.sla.ReportScope;
import dev.nines.objectives.sla.evidence.PackCheck.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A pack of 20 minutes, three of them down, one excluded, one idle, one unmeasured. */
class PackTest {

  private static final Instant FROM = Instant.parse("2026-10-31T23:00:00Z");
  private static final Instant THROUGH = FROM.plusSeconds(20 * 60);

  private static KeyPair key;
  private static Pack.Inputs inputs;
  private static Pack pack;
  private static byte[] zip;

  @BeforeAll
  static void make() throws IOException, NoSuchAlgorithmException {
    key = KeyPairGenerator.getInstance(Keys.ALGORITHM).generateKeyPair();
    String yaml =
        Files.readString(
            Path.of(
                System.getProperty("nines.root"),
                "slo-engine/examples/contracts/acme-retail.yaml"));
    Contract contract = ContractReader.read("c", yaml).contract().orElseThrow();
    Minutes minutes = new Minutes(20);
    for (int i = 0; i < 20; i++) {
      minutes.set(i, i == 3 || i == 4 || i == 9 ? 90 : 100, 100, 100);
    }
    minutes.set(6, 0, 0, 7);
    minutes.set(7, 0, 0, 0);
    inputs =
        new Pack.Inputs(
            new ReportScope(
                "default",
                1,
                FROM,
                Instant.parse("2026-11-30T23:00:00Z"),
                THROUGH,
                THROUGH.plusSeconds(90),
                true),
            contract,
            yaml,
            "[ ]\n",
            List.of(
                new Exclusion(
                    "x1",
                    "acme-retail",
                    "",
                    Exclusion.Kind.MAINTENANCE,
                    FROM.plusSeconds(540),
                    FROM.plusSeconds(600),
                    FROM.minusSeconds(400_000),
                    FROM.minusSeconds(400_000),
                    "database upgrade")),
            List.of(minutes));
    pack = Pack.of(inputs, 1, "the month ended", key);
    zip = PackZip.write(pack);
  }

  @Test
  void theNumbersAreThoseOfAHandComputation() {
    Report report = pack.report();
    Report.ServiceReport service = report.services().getFirst();
    assertThat(service.minutes()).isEqualTo(new Report.MinuteCounts(20, 15, 2, 1, 1, 1));
    // 2 down of 18: 20 less one excluded, less one unmeasured; the idle one is good.
    assertThat(service.uptime()).isEqualByComparingTo("88.88888888");
    assertThat(service.creditPercent()).isEqualByComparingTo("100");
    assertThat(service.credit()).isEqualByComparingTo("12500.00");
    // The contract pays at most 50 % of all fees.
    assertThat(report.total().payable()).isEqualByComparingTo("6250.00");
    assertThat(report.period()).isEqualTo("November 2026");
    assertThat(service.outages()).hasSize(1);
    assertThat(report.exclusions().getFirst().minutes()).isEqualTo(1);
  }

  @Test
  void aPackPassesAndSaysWhatWasChecked() {
    PackCheck.Outcome outcome = PackCheck.run(zip, Optional.of(key.getPublic()));
    assertThat(outcome.steps()).allMatch(Step::passed);
    assertThat(outcome.steps())
        .extracting(Step::name)
        .containsExactly(
            "container",
            "files",
            "SHA-256",
            "signature",
            "trusted key",
            "interval table",
            "verdicts",
            "numbers");
  }

  @Test
  void theSameInputsMakeTheSameBytes() {
    assertThat(PackZip.write(Pack.of(inputs, 1, "the month ended", key))).isEqualTo(zip);
  }

  @Test
  void aByteChangedAnywhereFailsAndIsNamed() {
    for (int at = 0; at < zip.length; at++) {
      byte[] changed = zip.clone();
      changed[at] ^= 0x01;
      List<Step> failed = failures(changed);
      assertThat(failed).as("byte " + at).isNotEmpty();
      assertThat(failed).as("byte " + at).allMatch(step -> !step.detail().isBlank());
    }
  }

  @Test
  void aByteThatIsMissingOrTooMuchFails() {
    byte[] shorter = Arrays.copyOf(zip, zip.length - 1);
    byte[] longer = Arrays.copyOf(zip, zip.length + 1);
    assertThat(failures(shorter)).isNotEmpty();
    assertThat(failures(longer)).isNotEmpty();
    assertThat(failures(new byte[0])).isNotEmpty();
    assertThat(failures("no zip".getBytes(UTF_8))).isNotEmpty();
  }

  /** Sums and signature made anew by whoever has a key: the numbers alone must betray it. */
  @Test
  void aReportThatDoesNotFollowFromItsTableFailsThoughItIsSigned() {
    String lie = pack.file(Pack.REPORT).replace("\"88.88888888\"", "\"99.99500000\"");
    assertThat(failures(resigned(Pack.REPORT, lie)))
        .singleElement()
        .extracting(Step::detail)
        .asString()
        .contains("report.json services[0].uptime: \"99.99500000\", computed \"88.88888888\"");
    String table = pack.file(Pack.INTERVALS).replace("90,0,100,100,DOWN", "90,0,100,100,UP");
    assertThat(failures(resigned(Pack.INTERVALS, table)))
        .singleElement()
        .extracting(Step::detail)
        .asString()
        .isEqualTo("intervals.csv line 5: UP, computed DOWN");
    String counts = pack.file(Pack.INTERVALS).replaceFirst("90,0,100,100,DOWN", "99,0,100,100,UP");
    assertThat(failures(resigned(Pack.INTERVALS, counts)))
        .singleElement()
        .extracting(Step::detail)
        .asString()
        .startsWith("report.json ");
    String cheaper = pack.file(Pack.CONTRACT).replace("12500.00", "1250.00");
    assertThat(failures(resigned(Pack.CONTRACT, cheaper))).isNotEmpty();
  }

  /** A report without missing events is byte for byte what it was before there were any. */
  @Test
  void missingEventsAreInTheReportAndInTheTable() {
    assertThat(pack.file(Pack.INTERVALS)).startsWith(Intervals.HEADER + "\n");
    assertThat(pack.file(Pack.REPORT)).doesNotContain("missing");
    Pack lost = with(12, new Minutes.Events(10, 0, 100, 100, 90));
    Report.ServiceReport service = lost.report().services().getFirst();
    assertThat(service.missingEvents()).isEqualTo(90);
    assertThat(service.minutes()).isEqualTo(new Report.MinuteCounts(20, 14, 3, 1, 1, 1));
    assertThat(lost.file(Pack.INTERVALS))
        .startsWith("service,minute,good,uncertain,total,heard,missing,verdict\n")
        .contains(",10,0,100,100,90,DOWN\n");
    assertThat(PackCheck.run(PackZip.write(lost), Optional.empty()).passed()).isTrue();
  }

  private Pack with(int minute, Minutes.Events events) {
    Minutes minutes = new Minutes(20);
    for (int i = 0; i < 20; i++) {
      Minutes before = inputs.minutes().getFirst();
      minutes.set(i, before.good(i), before.total(i), before.heard(i));
    }
    minutes.set(minute, events);
    return Pack.of(
        new Pack.Inputs(
            inputs.scope(),
            inputs.contract(),
            inputs.contractYaml(),
            inputs.definitionsJson(),
            inputs.exclusions(),
            List.of(minutes)),
        1,
        "the month ended",
        key);
  }

  /**
   * Ten uncertain events of a minute that is up otherwise: good for the uptime, 2 down of 18; bad
   * for its lower bound, 3 down of 18.
   */
  @Test
  void uncertainEventsAreSaidInTheReportAndByTheCheck() {
    Pack bounded = with(12, new Minutes.Events(90, 10, 100, 100, 0));
    Report.ServiceReport service = bounded.report().services().getFirst();
    assertThat(service.uncertainEvents()).isEqualTo(10);
    assertThat(service.uptime()).isEqualByComparingTo("88.88888888");
    assertThat(service.uptimeAtLeast()).isEqualByComparingTo("83.33333333");
    assertThat(service.totalEvents() - service.goodEvents()).isEqualTo(40);
    assertThat(bounded.file(Pack.INTERVALS)).contains(",90,10,100,100,UP\n");
    PackCheck.Outcome outcome = PackCheck.run(PackZip.write(bounded), Optional.empty());
    assertThat(outcome.passed()).isTrue();
    assertThat(outcome.steps())
        .filteredOn(step -> step.name().equals("interval table"))
        .extracting(Step::detail)
        .containsExactly(
            "20 minutes; 10 events are uncertain and counted as good: uptime is an upper bound,"
                + " failed requests are a lower bound");
    assertThat(bounded.difference(pack)).contains("late data");
  }

  @Test
  void anotherSignerIsNotTheTrustedOne() throws NoSuchAlgorithmException {
    KeyPair other = KeyPairGenerator.getInstance(Keys.ALGORITHM).generateKeyPair();
    byte[] forged = PackZip.write(Pack.of(inputs, 1, "the month ended", other));
    assertThat(PackCheck.run(forged, Optional.empty()).passed()).isTrue();
    assertThat(PackCheck.run(forged, Optional.of(key.getPublic())).steps())
        .filteredOn(step -> !step.passed())
        .extracting(Step::name)
        .containsExactly("trusted key");
  }

  private static List<Step> failures(byte[] bytes) {
    return PackCheck.run(bytes, Optional.empty()).steps().stream()
        .filter(step -> !step.passed())
        .toList();
  }

  private static byte[] resigned(String name, String text) {
    SortedMap<String, String> files = new TreeMap<>(pack.files());
    files.put(name, text);
    String manifest =
        EvidenceJson.write(new Manifest(Manifest.FORMAT, 1, "the month ended", Pack.sums(files)));
    files.put(Pack.MANIFEST, manifest);
    files.put(Pack.SIGNATURE, Keys.sign(key.getPrivate(), manifest));
    return PackZip.write(new Pack(files));
  }
}
