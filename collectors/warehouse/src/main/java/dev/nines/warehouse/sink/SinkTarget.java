// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.sink;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What an owner hands to a sink.
 *
 * @param name of the sink; its consumer group is {@code sink-<name>}
 * @param topics all topics that match, also those that appear later
 * @param tables in the order in which a batch is stored; each has a token of its own
 * @param mappers the one in use first, then those whose pending batches may still have to be formed
 */
public record SinkTarget(
    String name, Pattern topics, List<String> tables, List<RowMapper> mappers) {

  public SinkTarget {
    tables = List.copyOf(tables);
    mappers = List.copyOf(mappers);
    for (RowMapper mapper : mappers) {
      if (mapper.blocks().size() != tables.size()) {
        throw new IllegalArgumentException(
            "sink %s has %d tables, its mapper %d blocks"
                .formatted(name, tables.size(), mapper.blocks().size()));
      }
    }
  }

  public String group() {
    return "sink-" + name;
  }

  RowMapper current() {
    return mappers.getFirst();
  }

  RowMapper mapper(int version) {
    for (RowMapper mapper : mappers) {
      if (mapper.version() == version) {
        return mapper;
      }
    }
    throw new IllegalStateException(
        "sink %s has a pending batch of mapper %d, which this build does not have"
            .formatted(name, version));
  }
}
