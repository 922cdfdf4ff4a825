// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse;

import dev.nines.embedded.ClickHouseProcess;
import java.net.URI;

/** The embedded engine as tests address it. */
public final class Store {

  private Store() {}

  public static Warehouse of(ClickHouseProcess clickHouse) {
    return at(clickHouse.url());
  }

  public static Warehouse at(String url) {
    return new Warehouse(URI.create(url), "default", "default", "");
  }
}
