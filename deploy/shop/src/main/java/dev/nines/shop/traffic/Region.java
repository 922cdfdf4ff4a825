// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.traffic;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The ten regions in which the shop sells. */
public enum Region {
  US_EAST_1,
  US_WEST_2,
  CA_CENTRAL_1,
  SA_EAST_1,
  EU_WEST_1,
  EU_CENTRAL_1,
  EU_NORTH_1,
  AP_SOUTH_1,
  AP_SOUTHEAST_1,
  AP_NORTHEAST_1;

  private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The name on the wire and in every file, such as {@code us-east-1}. */
  @JsonValue
  public String id() {
    return id;
  }

  public static Optional<Region> of(String id) {
    return Arrays.stream(values()).filter(region -> region.id.equals(id)).findFirst();
  }

  @Override
  public String toString() {
    return id;
  }
}
