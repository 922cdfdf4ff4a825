// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.metrics;

import dev.nines.archive.Conditions;
import java.util.Set;

/**
 * What series are told apart by: one of the words of {@link #BUILT_IN}, else an attribute of the
 * points, else an attribute of the resource; empty where a series has none of that key.
 */
record Label(String key) {

  static final Set<String> BUILT_IN =
      Set.of("service", "region", "scope", "type", "unit", "temporality");

  /** The label of a row of {@code metric_series}, as SQL; the key is a parameter, never text. */
  String sql(Conditions where) {
    if (BUILT_IN.contains(key)) {
      return "toString(" + key + ")";
    }
    String name = where.parameter("String", key);
    return "if(mapContains(attributes, %s), attributes[%s], resource[%s])"
        .formatted(name, name, name);
  }
}
