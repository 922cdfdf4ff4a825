// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.access;

import static dev.nines.objectives.access.Principal.Right.ADMINISTER;
import static dev.nines.objectives.access.Principal.Right.READ;
import static dev.nines.objectives.access.Principal.Right.RESPOND;
import static dev.nines.server.Role.ALERTING;
import static dev.nines.server.Role.API;
import static dev.nines.server.Role.INCIDENT;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every REST method of the product, the roles that serve it and the right that it needs. A method
 * is named by its simple class and its own name, so both must be unique.
 */
public final class AccessTable {

  private static final Set<String> PUBLIC =
      Set.of(
          "HealthResource.live", "HealthResource.ready", "DocsResource.page", "DocsResource.file");

  private static final List<Endpoint> ENDPOINTS =
      List.of(
          Endpoint.everywhere("HealthResource.detail", READ),
          Endpoint.everywhere("MetricsResource.metrics", READ),
          Endpoint.everywhere("OpenApiResource.read", READ),
          Endpoint.of("AccountingResource.read", API, READ),
          Endpoint.of("TracesResource.trace", API, READ),
          Endpoint.of("TracesResource.search", API, READ),
          Endpoint.of("ServiceGraphResource.edges", API, READ),
          Endpoint.of("MetricDataResource.list", API, READ),
          Endpoint.of("MetricDataResource.series", API, READ),
          Endpoint.of("MetricDataResource.queryRange", API, READ),
          Endpoint.of("AlertsResource.list", ALERTING, READ),
          Endpoint.of("IncidentsResource.list", INCIDENT, READ),
          Endpoint.of("IncidentsResource.get", INCIDENT, READ),
          Endpoint.of("IncidentsResource.acknowledge", INCIDENT, RESPOND),
          Endpoint.of("IncidentsResource.resolve", INCIDENT, RESPOND),
          Endpoint.of("IncidentsResource.escalate", INCIDENT, RESPOND),
          Endpoint.of("IncidentsResource.reassign", INCIDENT, RESPOND),
          Endpoint.of("PostmortemResource.get", INCIDENT, READ),
          Endpoint.of("PostmortemResource.regenerate", INCIDENT, RESPOND),
          Endpoint.of("ChannelsResource.list", INCIDENT, READ),
          Endpoint.of("ChannelsResource.put", INCIDENT, ADMINISTER),
          Endpoint.of("ChannelsResource.delete", INCIDENT, ADMINISTER),
          Endpoint.of("UsersResource.list", INCIDENT, READ),
          Endpoint.of("UsersResource.put", INCIDENT, ADMINISTER),
          Endpoint.of("UsersResource.delete", INCIDENT, ADMINISTER),
          Endpoint.of("SchedulesResource.list", INCIDENT, READ),
          Endpoint.of("SchedulesResource.get", INCIDENT, READ),
          Endpoint.of("SchedulesResource.put", INCIDENT, ADMINISTER),
          Endpoint.of("SchedulesResource.delete", INCIDENT, ADMINISTER),
          Endpoint.of("SchedulesResource.oncall", INCIDENT, READ),
          Endpoint.of("SchedulesResource.timeline", INCIDENT, READ),
          Endpoint.of("SchedulesResource.cover", INCIDENT, RESPOND),
          Endpoint.of("SchedulesResource.endCover", INCIDENT, RESPOND),
          Endpoint.of("OnCallResource.now", INCIDENT, READ),
          Endpoint.of("PoliciesResource.list", INCIDENT, READ),
          Endpoint.of("PoliciesResource.put", INCIDENT, ADMINISTER),
          Endpoint.of("PoliciesResource.delete", INCIDENT, ADMINISTER),
          Endpoint.of("PoliciesResource.routing", INCIDENT, READ),
          Endpoint.of("PoliciesResource.route", INCIDENT, ADMINISTER),
          Endpoint.of("AuditResource.list", INCIDENT, READ),
          Endpoint.of("SloResource.apply", API, ADMINISTER),
          Endpoint.of("SloResource.check", API, READ),
          Endpoint.of("SloResource.list", API, READ),
          Endpoint.of("SloResource.get", API, READ),
          Endpoint.of("SloResource.export", API, READ),
          Endpoint.of("SloResource.remove", API, ADMINISTER),
          Endpoint.of("GroupsResource.read", API, READ),
          Endpoint.of("AttributionResource.read", API, READ),
          Endpoint.of("LedgerResource.slices", API, READ),
          Endpoint.of("LedgerResource.revisions", API, READ),
          Endpoint.of("BudgetResource.read", API, READ),
          Endpoint.of("CanaryResource.ask", API, READ),
          Endpoint.of("UserUptimeResource.read", API, READ),
          Endpoint.of("BudgetForecastResource.read", API, READ),
          Endpoint.of("GateResource.ask", API, RESPOND),
          Endpoint.of("GateResource.open", API, ADMINISTER),
          Endpoint.of("GateResource.list", API, READ),
          Endpoint.of("GateResource.close", API, ADMINISTER),
          Endpoint.of("ChangeResource.create", API, RESPOND),
          Endpoint.of("ChangeResource.list", API, READ),
          Endpoint.of("ContractResource.put", API, ADMINISTER),
          Endpoint.of("ContractResource.list", API, READ),
          Endpoint.of("ContractResource.get", API, READ),
          Endpoint.of("ContractResource.end", API, ADMINISTER),
          Endpoint.of("ExclusionResource.declare", API, ADMINISTER),
          Endpoint.of("ExclusionResource.list", API, READ),
          Endpoint.of("ExclusionResource.approve", API, ADMINISTER),
          Endpoint.of("ExclusionResource.reject", API, ADMINISTER),
          Endpoint.of("ExclusionResource.withdraw", API, ADMINISTER),
          Endpoint.of("SlaReportResource.report", API, READ),
          Endpoint.of("SlaReportResource.evidence", API, READ),
          Endpoint.of("SlaReportResource.history", API, READ),
          Endpoint.of("SlaReportResource.key", API, READ),
          Endpoint.of("CapacityModelResource.put", API, ADMINISTER),
          Endpoint.of("CapacityModelResource.list", API, READ),
          Endpoint.of("CapacityModelResource.get", API, READ),
          Endpoint.of("CapacityModelResource.end", API, ADMINISTER),
          Endpoint.of("CapacityResource.demand", API, READ),
          Endpoint.of("CapacityResource.evacuation", API, READ),
          Endpoint.of("CapacityResource.spike", API, READ),
          Endpoint.of("CapacityResource.forecast", API, READ),
          Endpoint.of("CapacityResource.headroom", API, READ),
          Endpoint.of("TokenResource.create", API, ADMINISTER),
          Endpoint.of("TokenResource.list", API, ADMINISTER),
          Endpoint.of("TokenResource.revoke", API, ADMINISTER));

  private static final Map<String, Endpoint> BY_METHOD =
      ENDPOINTS.stream().collect(Collectors.toMap(Endpoint::method, Function.identity()));

  private AccessTable() {}

  static Set<String> publicMethods() {
    return PUBLIC;
  }

  static List<Endpoint> endpoints() {
    return ENDPOINTS;
  }

  public static boolean isPublic(String method) {
    return PUBLIC.contains(method);
  }

  public static Optional<Endpoint> find(String method) {
    return Optional.ofNullable(BY_METHOD.get(method));
  }
}
