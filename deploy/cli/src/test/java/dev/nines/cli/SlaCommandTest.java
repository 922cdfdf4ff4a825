// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.nines.objectives.sla.Contract;
import dev.nines.objectives.sla.ContractReader;
import dev.nines.objectives.sla.Minutes;
import dev.nines.objectives.sla.ReportScope;
import dev.nines.objectives.sla.evidence.Keys;
import dev.nines.objectives.sla.evidence.Pack;
import dev.nines.objectives.sla.evidence.PackZip;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlaCommandTest {

  @TempDir Path folder;

  private Path pack;
  private Path key;
  private byte[] zip;

  @BeforeEach
  void make() throws IOException, NoSuchAlgorithmException {
    KeyPair pair = KeyPairGenerator.getInstance(Keys.ALGORITHM).generateKeyPair();
    String yaml =
        Files.readString(
            Path.of(
                System.getProperty("nines.root"),
                "slo-engine/examples/contracts/acme-retail.yaml"));
    Contract contract = ContractReader.read("c", yaml).contract().orElseThrow();
    Instant from = Instant.parse("2026-10-31T23:00:00Z");
    Minutes minutes = new Minutes(2);
    minutes.set(0, 10, 10, 10);
    minutes.set(1, 0, 10, 10);
    ReportScope scope =
        new ReportScope(
            "default",
            1,
            from,
            from.plusSeconds(120),
            from.plusSeconds(120),
            from.plusSeconds(600),
            false);
    zip =
        PackZip.write(
            Pack.of(
                new Pack.Inputs(scope, contract, yaml, "[ ]\n", List.of(), List.of(minutes)),
                0,
                "on demand",
                pair));
    pack = Files.write(folder.resolve("pack.zip"), zip);
    key = Files.writeString(folder.resolve("key.pem"), Keys.pem(pair.getPublic()));
  }

  @Test
  void aPackHoldsUntilAByteIsChanged() throws IOException {
    assertThat(run("sla", "verify", pack.toString())).isZero();
    assertThat(run("sla", "verify", "--key", key.toString(), pack.toString())).isZero();
    zip[zip.length / 2] ^= 1;
    Files.write(pack, zip);
    assertThat(run("sla", "verify", pack.toString())).isEqualTo(1);
  }

  @Test
  void filesThatCannotBeReadAreToldApart() throws IOException {
    assertThat(run("sla", "verify", folder.resolve("none").toString())).isEqualTo(2);
    Path noKey = Files.writeString(folder.resolve("no.pem"), "hello");
    assertThat(run("sla", "verify", "--key", noKey.toString(), pack.toString())).isEqualTo(2);
  }

  @Test
  void aReportIsFetchedWithTheTokenAndARefusalIsNoFile() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/sla/evidence",
        exchange -> {
          boolean known =
              "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"))
                  && exchange.getRequestURI().getQuery().contains("month=2026-11");
          exchange.sendResponseHeaders(known ? 200 : 404, known ? zip.length : -1);
          if (known) {
            exchange.getResponseBody().write(zip);
          }
          exchange.close();
        });
    server.start();
    try {
      Path token = Files.writeString(folder.resolve("token"), "secret\n");
      Path out = folder.resolve("fetched.zip");
      String api = "http://127.0.0.1:" + server.getAddress().getPort();
      assertThat(fetch(api, token, out, "2026-12")).isEqualTo(1);
      assertThat(out).doesNotExist();
      assertThat(fetch(api, token, out, "2026-11")).isZero();
      assertThat(run("sla", "verify", out.toString())).isZero();
    } finally {
      server.stop(0);
    }
  }

  private static int fetch(String api, Path token, Path out, String month) {
    return run(
        "sla",
        "report",
        "--customer=acme-retail",
        "--month=" + month,
        "--format=pack",
        "--api=" + api,
        "--token-file=" + token,
        "--out=" + out);
  }

  private static int run(String... arguments) {
    return Main.commandLine().execute(arguments);
  }
}
