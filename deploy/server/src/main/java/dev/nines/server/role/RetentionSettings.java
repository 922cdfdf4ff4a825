// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.role;

import dev.nines.archive.retention.Retention;
import dev.nines.archive.retention.Retention.Days;
import dev.nines.server.NinesConfig;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code nines.retention.*} as archive and api take it. */
public final class RetentionSettings {

  private RetentionSettings() {}

  /** What is not said of a tenant is as for all. */
  public static Retention retention(NinesConfig.Retention common) {
    Map<String, Days> ofTenants =
        common.tenants().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    each ->
                        new Days(
                            each.getValue().spansDays().orElse(common.spansDays()),
                            each.getValue().pointsDays().orElse(common.pointsDays()))));
    return new Retention(new Days(common.spansDays(), common.pointsDays()), ofTenants);
  }
}
