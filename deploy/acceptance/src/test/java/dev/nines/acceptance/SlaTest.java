// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A contract becomes a report in every format, and evidence that is checked without the server. */
@ExtendWith(OneUp.class)
class SlaTest {

  private static final String MONTH = YearMonth.now(ZoneOffset.UTC).minusMonths(1).toString();

  private final Up up;

  SlaTest(Up up) {
    this.up = up;
  }

  @Test
  void aMonthIsReportedAndItsEvidenceChecked(@TempDir Path folder)
      throws IOException, InterruptedException {
    put("POST", "/api/v1/slos", "commerce/enterprise.yaml");
    put("PUT", "/api/v1/contracts", "contracts/acme-retail.yaml");
    HttpResponse<String> report =
        up.http().get("/api/v1/sla/reports?customer=acme-retail&month=" + MONTH);
    assertThat(Http.json(report).at("/total/payable").asText()).isEqualTo("0.00");
    assertThat(Http.json(report).at("/services/0/uptime").isNull()).isTrue();
    Path key =
        Files.writeString(folder.resolve("key.pem"), up.http().get("/api/v1/sla/key").body());
    Path pdf = fetch(folder, "pdf");
    assertThat(Files.readString(pdf, ISO_8859_1)).startsWith("%PDF-");
    assertThat(Files.readString(fetch(folder, "html"))).contains("Not measured");
    assertThat(Files.readString(fetch(folder, "csv"))).contains("acme-retail,");
    Path pack = fetch(folder, "pack");
    CommandLineRun verified =
        CommandLineRun.nines("sla", "verify", "--key", key.toString(), pack.toString());
    assertThat(verified.printed()).contains("ok     trusted key", "The pack holds.");
    assertThat(verified.exitCode()).isZero();
  }

  private void put(String verb, String path, String example) {
    Path file = Up.HERE.home().resolve("slo-engine/examples").resolve(example);
    String yaml = SourceTree.read(file).replace("validFrom: 2026-01", "validFrom: 2020-01");
    HttpResponse<String> answer = up.http().send(verb, path, "application/yaml", yaml);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private Path fetch(Path folder, String format) throws IOException, InterruptedException {
    Path file = folder.resolve("report." + format);
    CommandLineRun run =
        CommandLineRun.nines(
            "sla",
            "report",
            "--customer=acme-retail",
            "--month=" + MONTH,
            "--format=" + format,
            "--api=" + up.http().base(),
            "--token-file=" + up.data().resolve("admin.token"),
            "--out=" + file);
    assertThat(run.exitCode()).as(run.printed()).isZero();
    return file;
  }
}
