// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import dev.nines.journal.Json;
import dev.nines.objectives.access.CurrentPrincipal;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;

/** Who has the duty now, for each schedule of the caller's tenant. */
@Path("/api/v1/oncall")
@Produces(MediaType.APPLICATION_JSON)
public class OnCallResource {

  private final Schedules schedules;
  private final CurrentPrincipal caller;
  private final InstantSource clock;

  public OnCallResource(Schedules schedules, CurrentPrincipal caller, InstantSource clock) {
    this.schedules = schedules;
    this.caller = caller;
    this.clock = clock;
  }

  @GET
  public String now() {
    Instant now = clock.instant();
    return Json.write(
        schedules.onCall(caller.principal().tenant(), now).entrySet().stream()
            .map(each -> SchedulesResource.duty(each.getKey(), now, each.getValue()))
            .toList());
  }
}
