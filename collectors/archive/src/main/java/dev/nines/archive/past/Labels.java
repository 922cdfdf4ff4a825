// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.past;

import java.util.List;
import java.util.Optional;

/**
 * The attributes of a series as displayed texts, in the order of the wire: of two of one name the
 * first counts, and those of a point before its resource's.
 */
record Labels(
    List<String> keys,
    List<String> values,
    List<String> resourceKeys,
    List<String> resourceValues) {

  Optional<String> find(String key) {
    int own = keys.indexOf(key);
    if (own >= 0) {
      return Optional.of(values.get(own));
    }
    int ofResource = resourceKeys.indexOf(key);
    return ofResource >= 0 ? Optional.of(resourceValues.get(ofResource)) : Optional.empty();
  }
}
