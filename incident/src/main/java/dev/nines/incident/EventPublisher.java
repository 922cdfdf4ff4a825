// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident;

import java.util.Optional;

/** Port: puts a record on a topic; the server fills it. */
@FunctionalInterface
public interface EventPublisher {

  /** Returns once the record is acknowledged: empty, or else why it was not. */
  Optional<String> publish(String topic, String key, String json);
}
