// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.capacity;

import java.util.Optional;

/** Port: capacity models as they are reckoned with. The catalog has them. */
@FunctionalInterface
public interface CapacityModels {

  /** The version in force; empty when there is none of that name. */
  Optional<CapacityModel> find(String tenant, String name);
}
