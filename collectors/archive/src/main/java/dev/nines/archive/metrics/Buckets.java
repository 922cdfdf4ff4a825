// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.metrics;

import dev.nines.warehouse.Row;
import java.util.Optional;

/** A histogram that rows of an answer are added to. */
sealed interface Buckets permits ExplicitBuckets, ExponentialBuckets {

  void add(Row row);

  /** Empty when there is no measurement. */
  Optional<Estimate> quantile(double quantile);
}
