// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.role;

import dev.nines.ingest.Guarantee;
import dev.nines.ingest.Guarantees;
import dev.nines.server.NinesConfig;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code nines.guarantee.*} as the collectors take it. */
final class GuaranteeSettings {

  private GuaranteeSettings() {}

  /** What is not said of a tenant is as for all. */
  static Guarantees guarantees(NinesConfig.Guarantee common) {
    Map<String, Guarantee> ofTenants =
        common.tenants().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    each ->
                        new Guarantee(
                            each.getValue().itemsPerSecond().orElse(common.itemsPerSecond()),
                            each.getValue().bytesPerSecond().orElse(common.bytesPerSecond()))));
    return new Guarantees(
        new Guarantee(common.itemsPerSecond(), common.bytesPerSecond()), ofTenants);
  }
}
