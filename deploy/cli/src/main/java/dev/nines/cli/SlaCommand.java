// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import dev.nines.objectives.sla.evidence.Keys;
import dev.nines.objectives.sla.evidence.PackCheck;
import dev.nines.objectives.sla.evidence.PackZip;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Service level agreements: reports from a server, evidence checked without one. */
@Command(
    name = "sla",
    description = "Service level agreements.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SlaCommand.Report.class, SlaCommand.Verify.class})
final class SlaCommand {

  private static final int UNREADABLE = 2;
  private static final int OK = 200;

  /** Fetches one report, or its evidence pack. */
  @Command(
      name = "report",
      description = "Fetch the SLA report of one customer.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Report implements Callable<Integer> {

    @Option(names = "--customer", required = true, description = "Name of the contract.")
    private String customer = "";

    @Option(names = "--month", required = true, paramLabel = "YYYY-MM", description = "Month.")
    private String month = "";

    @Option(
        names = "--format",
        defaultValue = "pdf",
        description = "json, csv, html, pdf, or pack: the signed evidence (${DEFAULT-VALUE}).")
    private String format = "pdf";

    @Option(names = "--revision", defaultValue = "0", description = "A stored revision.")
    private int revision;

    @Option(
        names = "--api",
        paramLabel = "URL",
        defaultValue = "${env:NINES_API:-http://127.0.0.1:8080}",
        description = "Address of the server (${DEFAULT-VALUE}).")
    private URI api = URI.create("http://127.0.0.1:8080");

    @Option(
        names = "--token-file",
        paramLabel = "FILE",
        defaultValue = ".nines/data/admin.token",
        description = "File with a token that may read (${DEFAULT-VALUE}).")
    private Path tokenFile = Path.of(".nines", "data", "admin.token");

    @Option(names = "--out", paramLabel = "FILE", description = "Where it goes.")
    private @Nullable Path out;

    /** 0 fetched, 1 refused by the server, 2 no answer or no token. */
    @Override
    public Integer call() throws InterruptedException {
      try (HttpClient client = HttpClient.newHttpClient()) {
        HttpResponse<byte[]> answer = client.send(request(), BodyHandlers.ofByteArray());
        if (answer.statusCode() != OK) {
          System.err.println(new String(answer.body(), StandardCharsets.UTF_8));
          return 1;
        }
        Path file = out == null ? Path.of(fileName()) : out;
        Files.write(file, answer.body());
        System.out.println(file);
        return 0;
      } catch (IOException e) {
        System.err.println("nines: " + reason(e));
        return UNREADABLE;
      }
    }

    private HttpRequest request() throws IOException {
      String query = "?customer=" + encoded(customer) + "&month=" + encoded(month);
      String path =
          format.equals("pack")
              ? "/api/v1/sla/evidence" + query
              : "/api/v1/sla/reports" + query + "&format=" + encoded(format);
      return HttpRequest.newBuilder(api.resolve(path + "&revision=" + revision))
          .header("Authorization", "Bearer " + Files.readString(tokenFile).strip())
          .timeout(Duration.ofSeconds(60))
          .build();
    }

    private String fileName() {
      return "sla-" + customer + "-" + month + "." + (format.equals("pack") ? "zip" : format);
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }

  /** Everything of a pack computed and checked again, offline. */
  @Command(
      name = "verify",
      description = "Check an evidence pack offline: every number is computed again.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Verify implements Callable<Integer> {

    @Parameters(paramLabel = "PACK", description = "ZIP file from sla report --format pack")
    private Path pack = Path.of("");

    @Option(
        names = "--key",
        paramLabel = "FILE",
        description =
            "The signer's public key as PEM, from a source that you trust. Without it the"
                + " signature shows only that the pack is as its signer made it.")
    private @Nullable Path key;

    /** 0 all holds, 1 something differs, 2 a file cannot be read. */
    @Override
    public Integer call() {
      Optional<PublicKey> trusted = Optional.empty();
      try {
        if (key != null) {
          trusted = Keys.read(Files.readString(key));
          if (trusted.isEmpty()) {
            System.err.println("nines: " + key + " holds no Ed25519 key as PEM");
            return UNREADABLE;
          }
        }
        if (Files.size(pack) > PackZip.BYTES_MAX) {
          System.err.println("nines: " + pack + " is too large for a pack");
          return UNREADABLE;
        }
        return print(PackCheck.run(Files.readAllBytes(pack), trusted), System.out) ? 0 : 1;
      } catch (IOException e) {
        System.err.println("nines: " + reason(e));
        return UNREADABLE;
      }
    }

    private boolean print(PackCheck.Outcome outcome, PrintStream out) {
      for (PackCheck.Step step : outcome.steps()) {
        out.printf("%-6s %-15s %s%n", step.passed() ? "ok" : "FAILED", step.name(), step.detail());
      }
      if (key == null) {
        out.println("note   compare the key with the one that GET /api/v1/sla/key told you");
      }
      out.println(outcome.passed() ? "The pack holds." : "The pack does NOT hold.");
      return outcome.passed();
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException absent -> "there is no file " + absent.getFile();
      case ConnectException refused -> "no server answers there; is it running?";
      default -> String.valueOf(e.getMessage());
    };
  }
}
