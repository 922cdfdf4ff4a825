// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.testcontainers.DockerClientFactory;

/** The kits against official images: run where Docker is, loudly skipped where it is not. */
final class Docker {

  private static final Set<String> ANNOUNCED = ConcurrentHashMap.newKeySet();

  private Docker() {}

  /** Empty where Docker answers, else the reason; the first call for a kit prints a banner. */
  static Optional<String> missing(String kit, String image) {
    if (DockerClientFactory.instance().isDockerAvailable()) {
      return Optional.empty();
    }
    String reason = kit + " did NOT run against " + image + ": no Docker daemon answers here";
    if (ANNOUNCED.add(kit)) {
      System.err.println(
          """

          **********************************************************************
          * SKIPPED: %s
          * Only the embedded part was checked by this kit; nothing was compared
          * with the official image.
          **********************************************************************
          """
              .formatted(reason));
    }
    return Optional.of(reason);
  }
}
