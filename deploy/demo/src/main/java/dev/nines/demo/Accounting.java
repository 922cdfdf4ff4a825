// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nines.demo.stage.Api;
import java.io.IOException;

/** The sums over all regions that {@code GET /api/v1/accounting} shows. */
public record Accounting(long residual, long inFlight) {

  public static Accounting read(Api api) throws IOException {
    long residual = 0;
    long inFlight = 0;
    for (JsonNode row : api.get("/api/v1/accounting").path("accounts")) {
      residual += Math.abs(row.path("residual").asLong()) + row.path("duplicates").asLong();
      inFlight += row.path("inFlight").asLong();
    }
    return new Accounting(residual, inFlight);
  }

  public boolean settled() {
    return inFlight == 0;
  }
}
