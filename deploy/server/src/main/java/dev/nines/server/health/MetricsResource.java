// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.health;

import dev.nines.server.Server;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.StringWriter;

/** The registries of the active roles, joined, in the Prometheus text format. */
@Path("/metrics")
public class MetricsResource {

  private final Server server;

  public MetricsResource(Server server) {
    this.server = server;
  }

  @GET
  @Produces(TextFormat.CONTENT_TYPE_004)
  public String metrics() throws IOException {
    StringWriter text = new StringWriter();
    for (CollectorRegistry registry : server.registries()) {
      TextFormat.write004(text, registry.metricFamilySamples());
    }
    return text.toString();
  }
}
