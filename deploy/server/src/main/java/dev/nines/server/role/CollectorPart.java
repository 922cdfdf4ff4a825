// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.role;

import dev.nines.ingest.Collector;
import dev.nines.ingest.CollectorConfig;
import dev.nines.ingest.CollectorHost;
import dev.nines.ingest.DiskReserve;
import dev.nines.ingest.Grant;
import dev.nines.ingest.IngestLimits;
import dev.nines.ingest.OwnExport;
import dev.nines.ingest.series.SeriesLimits;
import dev.nines.ingest.series.SeriesTable;
import dev.nines.ingest.tls.ServerTls;
import dev.nines.objectives.access.Principal.Right;
import dev.nines.server.KafkaReach;
import dev.nines.server.NinesConfig;
import dev.nines.server.Part;
import dev.nines.server.Registries;
import dev.nines.server.Role;
import dev.nines.server.Stores;
import dev.nines.server.calls.KafkaWatch;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Role collector: a logical collector for each region that the configuration names. */
@Singleton
public final class CollectorPart implements Part {

  private final NinesConfig config;
  private final Stores stores;
  private final TokensPart tokens;
  private final Registries registries;
  private final InstantSource clock;
  private final KafkaReach reach;
  private final KafkaWatch watch;
  private final List<Collector> collectors = new ArrayList<>();
  private volatile @Nullable OwnExport own;
  private @Nullable CollectorHost host;
  private @Nullable DiskReserve disk;
  private @Nullable ServerTls tls;

  public CollectorPart(
      NinesConfig config,
      Stores stores,
      TokensPart tokens,
      Registries registries,
      InstantSource clock,
      KafkaReach reach,
      KafkaWatch watch) {
    this.reach = reach;
    this.watch = watch;
    this.config = config;
    this.stores = stores;
    this.tokens = tokens;
    this.registries = registries;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "collector";
  }

  @Override
  public void start() {
    DiskReserve reserve = reserve();
    disk = reserve;
    tls = TlsSettings.tls(config.collectorTls(), clock).orElse(null);
    CollectorHost shared =
        new CollectorHost(
            stores.kafka(),
            this::grant,
            reserve,
            IngestLimits.DEFAULT,
            new SeriesTable(limits(config.series()), clock),
            RedactionSettings.redactor(config),
            GuaranteeSettings.guarantees(config.guarantee()),
            registries.of(Role.COLLECTOR),
            clock,
            watch,
            tls);
    host = shared;
    long epoch = clock.millis();
    for (CollectorSpec spec : CollectorSpec.parse(config.collectors().orElse(List.of()))) {
      Collector collector =
          new Collector(
              new CollectorConfig(
                  spec.region(),
                  config.collectorHost(),
                  spec.grpcPort(),
                  spec.httpPort(),
                  spec.region() + "-" + config.instance(),
                  epoch,
                  config.anonymousOtlp()),
              shared);
      collector.start();
      collectors.add(collector);
    }
    own = collectors.stream().findFirst().map(Collector::own).orElse(null);
  }

  /** The door of the first collector, once it has started. */
  Optional<OwnExport> own() {
    return Optional.ofNullable(own);
  }

  private static SeriesLimits limits(NinesConfig.Series series) {
    return new SeriesLimits(series.perMetric(), series.perTenant(), series.window());
  }

  private DiskReserve reserve() {
    try {
      Files.createDirectories(config.data());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new DiskReserve(config.data(), config.diskReserveBytes(), clock);
  }

  private Optional<Grant> grant(String token) {
    return tokens
        .find(token)
        .map(
            principal ->
                new Grant(
                    principal.tenant(),
                    principal.region(),
                    principal.rights().contains(Right.WRITE_TELEMETRY)));
  }

  /**
   * A full disk is no illness: clients get retryable answers, and a supervisor that started this
   * process again would take the other roles, which page, with it.
   */
  @Override
  public Optional<String> check() {
    return isDiskFull()
        ? Optional.empty()
        : collectors.stream()
            .flatMap(collector -> collector.check().stream())
            .findFirst()
            .or(reach::complaint);
  }

  @Override
  public Optional<String> note() {
    if (isDiskFull()) {
      return Optional.of("refuses telemetry: " + disk);
    }
    ServerTls shown = tls;
    return shown == null ? Optional.empty() : shown.complaint();
  }

  private boolean isDiskFull() {
    DiskReserve watched = disk;
    return watched != null && watched.reached();
  }

  @Override
  public void close() {
    collectors.reversed().forEach(Collector::close);
    if (host != null) {
      host.close();
    }
  }
}
