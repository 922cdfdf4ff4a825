// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nines.demo.stage.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Incidents and their postmortems, as the API shows them. */
final class Incidents {

  private Incidents() {}

  static long firing(Api api) throws IOException {
    long firing = 0;
    for (JsonNode alert : api.get("/api/v1/alerts")) {
      firing += alert.path("state").asText().equalsIgnoreCase("resolved") ? 0 : 1;
    }
    return firing;
  }

  static List<String> open(Api api) throws IOException {
    List<String> open = new ArrayList<>();
    for (JsonNode incident : api.get("/api/v1/incidents")) {
      if (!incident.path("state").asText().equalsIgnoreCase("resolved")) {
        open.add(incident.path("id").asText());
      }
    }
    return open;
  }

  /** All incidents; each postmortem is written into the folder. */
  static List<Report.Incident> read(Api api, Path folder) throws IOException {
    List<Report.Incident> incidents = new ArrayList<>();
    Path postmortems = Files.createDirectories(folder.resolve("postmortems"));
    for (JsonNode incident : api.get("/api/v1/incidents")) {
      String id = incident.path("id").asText();
      incidents.add(
          new Report.Incident(
              id,
              incident.path("slo").asText(),
              Instant.parse(incident.path("openedAt").asText()),
              instant(incident.path("acknowledgedAt")),
              instant(incident.path("resolvedAt")),
              postmortem(api, id, postmortems)));
    }
    return incidents;
  }

  private static @Nullable String postmortem(Api api, String id, Path folder) throws IOException {
    try {
      String text = api.text("/api/v1/incidents/" + id + "/postmortem");
      return Files.writeString(folder.resolve(id + ".md"), text).toString();
    } catch (Api.Refused refused) {
      return null;
    }
  }

  private static @Nullable Instant instant(JsonNode node) {
    return node.isTextual() ? Instant.parse(node.asText()) : null;
  }
}
