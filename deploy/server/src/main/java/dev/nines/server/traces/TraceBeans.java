// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.traces;

import dev.nines.server.NinesConfig;
import dev.nines.server.Registries;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The way out of our own spans, as the settings say. */
final class TraceBeans {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  @Produces
  @Singleton
  OwnTraces traces(NinesConfig config, Registries registries) {
    return config
        .traces()
        .endpoint()
        .map(to -> OwnTraces.to(exporter(to, config), config.instance(), registries.process()))
        .orElseGet(OwnTraces::none);
  }

  void close(@Disposes OwnTraces traces) {
    traces.close();
  }

  private static SpanExporter exporter(URI endpoint, NinesConfig config) {
    return OtlpHttpSpanExporter.builder()
        .setEndpoint(endpoint.resolve("/v1/traces").toString())
        .setHeaders(() -> headers(config))
        .setTimeout(TIMEOUT)
        .build();
  }

  /** Read for each batch: the file may be replaced. */
  private static Map<String, String> headers(NinesConfig config) {
    return config.traces().tokenFile().map(TraceBeans::bearer).orElse(Map.of());
  }

  private static Map<String, String> bearer(Path file) {
    try {
      return Map.of("Authorization", "Bearer " + Files.readString(file).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
