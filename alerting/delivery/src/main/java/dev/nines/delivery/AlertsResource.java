// SPDX-License-Identifier: Apache-2.0
package dev.nines.delivery;

import dev.nines.alerts.AlertGroupEvent.Condition;
import dev.nines.objectives.access.CurrentPrincipal;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The alerts of the caller's tenant. */
@Path("/api/v1/alerts")
@Produces(MediaType.APPLICATION_JSON)
public class AlertsResource {

  private final Alerts alerts;
  private final CurrentPrincipal caller;

  public AlertsResource(Alerts alerts, CurrentPrincipal caller) {
    this.alerts = alerts;
    this.caller = caller;
  }

  /** One alert as JSON. */
  public record AlertView(
      String fingerprint,
      Map<String, String> labels,
      Map<String, String> annotations,
      String source,
      Instant since,
      Instant changedAt,
      Condition condition) {}

  /** Open alerts, with {@code all=true} resolved ones too; at most 1,000, latest change first. */
  @GET
  public List<AlertView> list(@QueryParam("all") @DefaultValue("false") boolean all) {
    return alerts.list(caller.principal().tenant(), all).stream()
        .map(AlertsResource::view)
        .toList();
  }

  private static AlertView view(GroupedAlert grouped) {
    return new AlertView(
        grouped.alert().fingerprint(),
        grouped.alert().labels(),
        grouped.alert().annotations(),
        grouped.alert().source(),
        grouped.state().since(),
        grouped.state().at(),
        grouped.condition());
  }
}
