// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import dev.nines.server.role.AlertingPart;
import dev.nines.server.role.ApiPart;
import dev.nines.server.role.ArchivePart;
import dev.nines.server.role.BackfillPart;
import dev.nines.server.role.CollectorPart;
import dev.nines.server.role.EnginePart;
import dev.nines.server.role.ExtractionPart;
import dev.nines.server.role.IncidentPart;
import dev.nines.server.role.PlatformPart;
import dev.nines.server.role.ProberPart;
import dev.nines.server.role.ReportsPart;
import dev.nines.server.role.SamplerPart;
import dev.nines.server.role.ScraperPart;
import dev.nines.server.role.TokensPart;
import dev.nines.server.role.TopicsPart;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The composition: which parts each role needs, in the order of their start. */
@Singleton
public final class Parts {

  private static final int FAILED = 2;

  private final NinesConfig config;
  private final ActiveRoles roles;
  private final Instance<Part> all;

  public Parts(NinesConfig config, ActiveRoles roles, Instance<Part> all) {
    this.config = config;
    this.roles = roles;
    this.all = all;
  }

  /** Not made yet: an inactive role opens nothing, and an active one starts beside the others. */
  List<Part> ofActiveRoles() {
    List<Part> parts = new ArrayList<>();
    add(parts, Role.API, TopicsPart.class);
    add(parts, Role.API, ApiPart.class);
    add(parts, Role.API, ReportsPart.class);
    add(parts, Role.API, BackfillPart.class);
    parts.add(late(TokensPart.class));
    add(parts, Role.INCIDENT, IncidentPart.class);
    add(parts, Role.ALERTING, AlertingPart.class);
    add(parts, Role.ARCHIVE, ArchivePart.class);
    if (roles.contains(Role.ALERTING)
        || (roles.contains(Role.ARCHIVE) && config.postgres().url().isPresent())) {
      parts.add(late(PlatformPart.class));
    }
    add(parts, Role.ENGINE, EnginePart.class);
    add(parts, Role.EXTRACTION, ExtractionPart.class);
    add(parts, Role.SAMPLER, SamplerPart.class);
    add(parts, Role.COLLECTOR, CollectorPart.class);
    if (roles.contains(Role.COLLECTOR) && config.scrapeConfigs().isPresent()) {
      parts.add(late(ScraperPart.class));
    }
    add(parts, Role.PROBER, ProberPart.class);
    return parts;
  }

  private Part late(Class<? extends Part> type) {
    String name = type.getSimpleName().replace("Part", "").toLowerCase(Locale.ROOT);
    return new LatePart(name, () -> all.select(type).get(), failure -> Quarkus.asyncExit(FAILED));
  }

  private void add(List<Part> parts, Role role, Class<? extends Part> type) {
    if (roles.contains(role)) {
      parts.add(late(type));
    }
  }
}
