// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nines.objectives.SloStatus;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The incidents that were resolved, as labels to correct: alerts opened them and ended them, so
 * that begin and end are what those alerts knew. Deleting a line says that nothing had happened.
 */
@Command(
    name = "labels",
    description = "Print resolved incidents as labels for slo backtest, for a person to correct.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class LabelsCommand implements Callable<Integer> {

  private static final int OK = 200;
  private static final JsonMapper JSON = new JsonMapper();

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

  /** 0 printed, 1 refused by the server, 2 no answer or no token. */
  @Override
  public Integer call() throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(api.resolve("/api/v1/incidents?state=resolved"))
              .header("Authorization", "Bearer " + Files.readString(tokenFile).strip())
              .timeout(Duration.ofSeconds(60))
              .build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != OK) {
        System.err.println(answer.body());
        return 1;
      }
      lines(JSON.readTree(answer.body())).forEach(System.out::println);
      return 0;
    } catch (ConnectException e) {
      System.err.println("nines: no server answers at " + api + "; is it running?");
      return BacktestCommand.UNREADABLE;
    } catch (IOException e) {
      return BacktestCommand.unreadable(e);
    }
  }

  /** The oldest first; what is not about an SLO is no label. */
  private static List<String> lines(JsonNode incidents) {
    List<String> lines = new ArrayList<>();
    for (JsonNode incident : incidents) {
      String slo = incident.path("slo").asText("");
      if (!slo.isEmpty()) {
        ObjectNode line = JSON.createObjectNode().put("is", "incident");
        line.put("name", incident.path("title").asText());
        line.put("begin", incident.path("firstBadAt").asText());
        line.put("end", incident.path("resolvedAt").asText());
        line.putArray("slos").add(slo.substring(slo.indexOf('/') + 1));
        Set<String> regions = new TreeSet<>();
        incident
            .path("conditions")
            .forEach(condition -> regions.add(condition.path("scope").asText()));
        regions.remove(SloStatus.GLOBAL);
        if (!regions.isEmpty()) {
          regions.forEach(line.putArray("regions")::add);
        }
        lines.add(line.toString());
      }
    }
    return lines.reversed();
  }
}
