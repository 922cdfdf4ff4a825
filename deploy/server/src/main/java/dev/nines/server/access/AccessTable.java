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

/** Every REST method of the product, the role that serves it and the right that it needs. */
public final class AccessTable {

  private static final Set<String> PUBLIC = Set.of("HealthResource.live", "HealthResource.ready");

  private static final List<Endpoint> ENDPOINTS =
      List.of(
          new Endpoint("HealthResource.detail", API, READ),
          new Endpoint("MetricsResource.metrics", API, READ),
          new Endpoint("AccountingResource.read", API, READ),
          new Endpoint("TracesResource.trace", API, READ),
          new Endpoint("TracesResource.search", API, READ),
          new Endpoint("AlertsResource.list", ALERTING, READ),
          new Endpoint("IncidentsResource.list", INCIDENT, READ),
          new Endpoint("IncidentsResource.get", INCIDENT, READ),
          new Endpoint("IncidentsResource.acknowledge", INCIDENT, RESPOND),
          new Endpoint("IncidentsResource.resolve", INCIDENT, RESPOND),
          new Endpoint("PostmortemResource.get", INCIDENT, READ),
          new Endpoint("PostmortemResource.regenerate", INCIDENT, RESPOND),
          new Endpoint("ChannelsResource.list", INCIDENT, READ),
          new Endpoint("ChannelsResource.put", INCIDENT, ADMINISTER),
          new Endpoint("ChannelsResource.delete", INCIDENT, ADMINISTER),
          new Endpoint("AuditResource.list", INCIDENT, READ),
          new Endpoint("SloResource.apply", API, ADMINISTER),
          new Endpoint("SloResource.check", API, READ),
          new Endpoint("SloResource.list", API, READ),
          new Endpoint("SloResource.get", API, READ),
          new Endpoint("SloResource.remove", API, ADMINISTER),
          new Endpoint("ChangeResource.create", API, RESPOND),
          new Endpoint("ChangeResource.list", API, READ),
          new Endpoint("TokenResource.create", API, ADMINISTER),
          new Endpoint("TokenResource.list", API, ADMINISTER),
          new Endpoint("TokenResource.revoke", API, ADMINISTER));

  private static final Map<String, Endpoint> BY_METHOD =
      ENDPOINTS.stream().collect(Collectors.toMap(Endpoint::method, Function.identity()));

  private AccessTable() {}

  static boolean isPublic(String method) {
    return PUBLIC.contains(method);
  }

  static Optional<Endpoint> find(String method) {
    return Optional.ofNullable(BY_METHOD.get(method));
  }
}
