// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.definition;

import dev.nines.scraper.exposition.Syntax;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One entry of {@code scrape_configs}.
 *
 * @param params of the query
 * @param honorLabels labels of the endpoint win over those of the target; else they are kept as
 *     {@code exported_}
 * @param honorTimestamps times of the endpoint win over that of the scrape
 * @param fallback syntax of a body that does not say which it has
 * @param files patterns of files with targets
 */
public record Job(
    String name,
    Duration interval,
    Duration timeout,
    String metricsPath,
    String scheme,
    Map<String, List<String>> params,
    boolean honorLabels,
    boolean honorTimestamps,
    boolean followRedirects,
    boolean compression,
    Optional<Syntax> fallback,
    Optional<Authorization> authorization,
    Limits limits,
    List<TargetGroup> groups,
    List<Path> files) {

  /** The targets that do not come from files. */
  public List<Target> targets() {
    return targets(groups);
  }

  /** Every address of the groups, each once. */
  List<Target> targets(List<TargetGroup> from) {
    return from.stream()
        .flatMap(
            group ->
                group.targets().stream()
                    .map(address -> Target.of(this, address, group.labels().toMap())))
        .distinct()
        .toList();
  }
}
