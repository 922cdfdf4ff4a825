// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.role;

import dev.nines.archive.Archive;
import dev.nines.archive.ArchiveHealth;
import dev.nines.archive.ResidualWatch;
import dev.nines.server.NinesConfig;
import dev.nines.server.Part;
import dev.nines.server.Registries;
import dev.nines.server.Role;
import dev.nines.server.Stores;
import dev.nines.server.traces.TracedWork;
import dev.nines.warehouse.sink.SinkSettings;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Role archive. */
@Singleton
public final class ArchivePart implements Part {

  private static final Logger LOG = LoggerFactory.getLogger(ArchivePart.class);

  private final Archive archive;

  public ArchivePart(
      NinesConfig config,
      Stores stores,
      Registries registries,
      TracedWork traces,
      InstantSource clock) {
    archive =
        new Archive(
            stores.kafka(),
            stores.warehouse(),
            "archive-" + config.instance(),
            SinkSettings.DEFAULT,
            RetentionSettings.retention(config.retention()),
            config.sampling().tenants().keySet(),
            new ResidualLog(),
            traces::insert,
            registries.of(Role.ARCHIVE),
            clock);
  }

  @Override
  public String name() {
    return "archive";
  }

  @Override
  public void start() {
    archive.start();
  }

  @Override
  public Optional<String> check() {
    ArchiveHealth health = archive.check();
    return health.isStoring()
        ? Optional.empty()
        : Optional.of("not storing: " + (health.error() == null ? "starting" : health.error()));
  }

  @Override
  public void close() {
    archive.close();
  }

  /** Residuals that last, as alerts of the platform; empty until that is known. */
  Optional<List<ResidualWatch.Residual>> residuals() {
    return archive.residuals();
  }

  /** The log says which items; {@link PlatformPart} opens the alert. */
  private static final class ResidualLog implements ResidualWatch.Listener {
    @Override
    public void raised(ResidualWatch.Residual residual) {
      LOG.error("accounting cannot place items: {}", residual);
    }

    @Override
    public void cleared(ResidualWatch.Residual residual) {
      LOG.info("accounting is even again: {}", residual);
    }
  }
}
