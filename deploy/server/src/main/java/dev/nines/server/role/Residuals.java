// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.role;

import dev.nines.archive.ResidualWatch;
import dev.nines.delivery.Trouble;
import dev.nines.delivery.TroubleSource;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;

/** Accounts of the archive in this process that cannot place their items: promise 6. */
record Residuals(ArchivePart archive) implements TroubleSource {

  @Override
  public String alertName() {
    return "AccountingResidual";
  }

  @Override
  public Optional<List<Trouble>> troubles(Connection tx) {
    return archive.residuals().map(lasting -> lasting.stream().map(this::trouble).toList());
  }

  private Trouble trouble(ResidualWatch.Residual residual) {
    String part = "%s/%s/%s".formatted(residual.tenant(), residual.region(), residual.signal());
    String words =
        "Accounting of %s cannot place %,d items".formatted(part, Math.abs(residual.items()));
    return new Trouble(alertName(), part, residual.since(), words);
  }
}
