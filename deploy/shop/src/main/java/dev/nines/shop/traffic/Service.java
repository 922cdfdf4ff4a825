// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.traffic;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The services of the shop, with the time that each spends by itself on a request. */
public enum Service {
  EDGE("2.8.0", 1_600),
  WEB("5.14.2", 1_200),
  CATALOG("3.2.1", 1_500),
  SEARCH("1.9.0", 2_800),
  CART("2.1.4", 900),
  CHECKOUT("4.7.3", 1_400),
  PAYMENT("2.3.0", 2_600),
  INVENTORY("1.12.0", 900),
  SHIPPING("1.4.2", 800),
  RECOMMENDATIONS("0.9.7", 1_700),
  AUTH("3.0.5", 600),
  NOTIFICATIONS("1.1.0", 500);

  private final String version;
  private final long ownMicros;

  Service(String version, long ownMicros) {
    this.version = version;
    this.ownMicros = ownMicros;
  }

  /** Resource attribute {@code service.name}. */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The version that runs when no deploy is in the script. */
  public String version() {
    return version;
  }

  /** Median of the service's own time, without the calls that it makes. */
  public long ownMicros() {
    return ownMicros;
  }
}
