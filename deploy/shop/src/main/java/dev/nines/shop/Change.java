// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop;

import dev.nines.shop.traffic.Fault;
import java.time.Instant;

/**
 * A deploy, as it is told to {@code POST /api/v1/changes}.
 *
 * @param at RFC 3339
 */
record Change(
    String service, String version, String region, String kind, String at, String summary) {

  static Change deploy(Fault fault, Instant at) {
    return of(fault, String.valueOf(fault.version()), at, "Deploy");
  }

  static Change rollback(Fault fault, Instant at) {
    return of(fault, String.valueOf(fault.previousVersion()), at, "Roll back");
  }

  private static Change of(Fault fault, String version, Instant at, String verb) {
    String service = fault.service().id();
    String region = fault.region().id();
    String summary = "%s %s to %s in %s".formatted(verb, service, version, region);
    return new Change(service, version, region, "deploy", at.toString(), summary);
  }
}
