// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nines.demo.stage.Api;
import java.io.IOException;

/**
 * The sums over all regions that {@code GET /api/v1/accounting} shows.
 *
 * @param unread offered and acknowledged, and not yet seen by extraction; exact while no collector
 *     is killed
 */
public record Accounting(long residual, long inFlight, long unread) {

  public static Accounting read(Api api) throws IOException {
    long residual = 0;
    long inFlight = 0;
    long unread = 0;
    for (JsonNode row : api.get("/api/v1/accounting").path("accounts")) {
      residual += Math.abs(row.path("residual").asLong()) + row.path("duplicates").asLong();
      inFlight += row.path("inFlight").asLong();
      unread += row.path("offered").asLong() - row.path("accepted").asLong();
      unread -= row.path("rejected").asLong() + row.path("refused").asLong();
    }
    return new Accounting(residual, inFlight, unread);
  }

  public boolean settled() {
    return inFlight == 0;
  }
}
