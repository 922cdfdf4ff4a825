// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static dev.nines.acceptance.Calls.Right.ADMINISTER;
import static dev.nines.acceptance.Calls.Right.READ;
import static dev.nines.acceptance.Calls.Right.RESPOND;

import java.net.http.HttpResponse;
import java.util.List;

/** One request for each REST method that is not public. They change nothing when let through. */
final class Calls {

  private static final String JSON = "application/json";

  static final List<Call> ALL =
      List.of(
          get("HealthResource.detail", "/health"),
          get("MetricsResource.metrics", "/metrics"),
          get("AccountingResource.read", "/api/v1/accounting"),
          get("TracesResource.trace", "/api/v1/traces/" + "0".repeat(31) + "1"),
          get("TracesResource.search", "/api/v1/traces?service=none"),
          get("MetricDataResource.list", "/api/v1/metrics"),
          get("MetricDataResource.series", "/api/v1/metrics/series?metric=none"),
          get("MetricDataResource.queryRange", "/api/v1/metrics/query_range?metric=none&fn=last"),
          get("AlertsResource.list", "/api/v1/alerts"),
          get("IncidentsResource.list", "/api/v1/incidents"),
          get("IncidentsResource.get", "/api/v1/incidents/none"),
          post("IncidentsResource.acknowledge", RESPOND, "/api/v1/incidents/none/acknowledge"),
          post("IncidentsResource.resolve", RESPOND, "/api/v1/incidents/none/resolve"),
          post("IncidentsResource.escalate", RESPOND, "/api/v1/incidents/none/escalate"),
          post("IncidentsResource.reassign", RESPOND, "/api/v1/incidents/none/reassign"),
          get("PostmortemResource.get", "/api/v1/incidents/none/postmortem"),
          post("PostmortemResource.regenerate", RESPOND, "/api/v1/incidents/none/postmortem"),
          get("ChannelsResource.list", "/api/v1/channels"),
          new Call("ChannelsResource.put", ADMINISTER, "PUT", "/api/v1/channels/none", JSON),
          new Call("ChannelsResource.delete", ADMINISTER, "DELETE", "/api/v1/channels/none", JSON),
          get("UsersResource.list", "/api/v1/users"),
          new Call("UsersResource.put", ADMINISTER, "PUT", "/api/v1/users/none", JSON),
          new Call("UsersResource.delete", ADMINISTER, "DELETE", "/api/v1/users/none", JSON),
          get("SchedulesResource.list", "/api/v1/schedules"),
          get("SchedulesResource.get", "/api/v1/schedules/none"),
          new Call("SchedulesResource.put", ADMINISTER, "PUT", "/api/v1/schedules/none", JSON),
          new Call(
              "SchedulesResource.delete", ADMINISTER, "DELETE", "/api/v1/schedules/none", JSON),
          get("SchedulesResource.oncall", "/api/v1/schedules/none/oncall"),
          get("SchedulesResource.timeline", "/api/v1/schedules/none/timeline"),
          post("SchedulesResource.cover", RESPOND, "/api/v1/schedules/none/overrides"),
          new Call(
              "SchedulesResource.endCover",
              RESPOND,
              "DELETE",
              "/api/v1/schedules/none/overrides/1",
              JSON),
          get("OnCallResource.now", "/api/v1/oncall"),
          get("PoliciesResource.list", "/api/v1/escalation/policies"),
          new Call(
              "PoliciesResource.put", ADMINISTER, "PUT", "/api/v1/escalation/policies/none", JSON),
          new Call(
              "PoliciesResource.delete",
              ADMINISTER,
              "DELETE",
              "/api/v1/escalation/policies/none",
              JSON),
          get("PoliciesResource.routing", "/api/v1/escalation/routing"),
          new Call("PoliciesResource.route", ADMINISTER, "PUT", "/api/v1/escalation/routing", JSON),
          get("AuditResource.list", "/api/v1/audit"),
          new Call("SloResource.apply", ADMINISTER, "POST", "/api/v1/slos", "application/yaml"),
          new Call("SloResource.check", READ, "POST", "/api/v1/slos/check", "application/yaml"),
          get("SloResource.list", "/api/v1/slos"),
          get("SloResource.get", "/api/v1/slos/none"),
          new Call("SloResource.remove", ADMINISTER, "DELETE", "/api/v1/slos/none", JSON),
          get("GroupsResource.read", "/api/v1/slos/none/groups"),
          post("ChangeResource.create", RESPOND, "/api/v1/changes"),
          get("ChangeResource.list", "/api/v1/changes"),
          new Call(
              "ContractResource.put", ADMINISTER, "PUT", "/api/v1/contracts", "application/yaml"),
          get("ContractResource.list", "/api/v1/contracts"),
          get("ContractResource.get", "/api/v1/contracts/none"),
          new Call("ContractResource.end", ADMINISTER, "DELETE", "/api/v1/contracts/none", JSON),
          post("ExclusionResource.declare", ADMINISTER, "/api/v1/exclusions"),
          get("ExclusionResource.list", "/api/v1/exclusions"),
          new Call(
              "ExclusionResource.withdraw", ADMINISTER, "DELETE", "/api/v1/exclusions/none", JSON),
          get("SlaReportResource.report", "/api/v1/sla/reports?customer=none&month=2026-01"),
          get("SlaReportResource.evidence", "/api/v1/sla/evidence?customer=none&month=2026-01"),
          get("SlaReportResource.history", "/api/v1/sla/history?customer=none"),
          get("SlaReportResource.key", "/api/v1/sla/key"),
          new Call(
              "CapacityModelResource.put",
              ADMINISTER,
              "PUT",
              "/api/v1/capacity/models",
              "application/yaml"),
          get("CapacityModelResource.list", "/api/v1/capacity/models"),
          get("CapacityModelResource.get", "/api/v1/capacity/models/none"),
          new Call(
              "CapacityModelResource.end",
              ADMINISTER,
              "DELETE",
              "/api/v1/capacity/models/none",
              JSON),
          get("CapacityResource.demand", "/api/v1/capacity/demand"),
          get("CapacityResource.evacuation", "/api/v1/capacity/evacuation?model=none"),
          get("CapacityResource.spike", "/api/v1/capacity/spike?model=none"),
          get("CapacityResource.forecast", "/api/v1/capacity/forecast?service=none"),
          get("CapacityResource.headroom", "/api/v1/capacity/headroom?model=none"),
          post("TokenResource.create", ADMINISTER, "/api/v1/tokens"),
          new Call("TokenResource.list", ADMINISTER, "GET", "/api/v1/tokens", JSON),
          new Call("TokenResource.revoke", ADMINISTER, "DELETE", "/api/v1/tokens/none", JSON));

  private Calls() {}

  /** The rights that a REST method can ask for. */
  enum Right {
    READ,
    RESPOND,
    ADMINISTER
  }

  /**
   * @param method {@code Resource.method} as the server's access table names it
   */
  record Call(String method, Right right, String verb, String path, String contentType) {

    int statusFor(Http caller) {
      return answerFor(caller).statusCode();
    }

    HttpResponse<String> answerFor(Http caller) {
      return verb.equals("GET")
          ? caller.get(path)
          : caller.send(verb, path, contentType, contentType.equals(JSON) ? "{}" : "");
    }
  }

  private static Call get(String method, String path) {
    return new Call(method, READ, "GET", path, JSON);
  }

  private static Call post(String method, Right right, String path) {
    return new Call(method, right, "POST", path, JSON);
  }
}
