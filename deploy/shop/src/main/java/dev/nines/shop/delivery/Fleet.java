// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.delivery;

import dev.nines.shop.traffic.Region;
import dev.nines.shop.traffic.Service;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.HashMap;
import java.util.Map;

/** The running services of a region: one tracer provider for each service and version. */
final class Fleet {

  private final Region region;
  private final SpanProcessor outbox;
  private final IdGenerator ids;
  private final Map<Deployed, Tracer> tracers = new HashMap<>();

  private record Deployed(Service service, String version) {}

  Fleet(Region region, SpanProcessor outbox, IdGenerator ids) {
    this.region = region;
    this.outbox = outbox;
    this.ids = ids;
  }

  Tracer tracer(Service service, String version) {
    return tracers.computeIfAbsent(new Deployed(service, version), this::start);
  }

  private Tracer start(Deployed deployed) {
    return SdkTracerProvider.builder()
        .setResource(Deployment.resource(region, deployed.service(), deployed.version()))
        .setSampler(Sampler.alwaysOn())
        .setIdGenerator(ids)
        .addSpanProcessor(outbox)
        .build()
        .get("shop");
  }
}
