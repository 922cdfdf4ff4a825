// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.images.RemoteDockerImage;
import org.testcontainers.shaded.org.awaitility.core.ConditionTimeoutException;
import org.testcontainers.utility.DockerImageName;

/** The kits against official images: run where Docker has them, loudly skipped elsewhere. */
public final class Docker {

  private static final Map<String, Optional<String>> REASONS = new ConcurrentHashMap<>();

  private Docker() {}

  /**
   * Empty where the image can be started, else the reason; a kit's first call prints a banner.
   * Where a daemon answers that can't reach its registry, Testcontainers tries for two minutes.
   */
  public static Optional<String> missing(String kit, String image) {
    return REASONS.computeIfAbsent(
        kit,
        first -> {
          Optional<String> reason =
              unavailable(image).map(why -> kit + " did NOT run against " + image + ": " + why);
          reason.ifPresent(Docker::announce);
          return reason;
        });
  }

  private static Optional<String> unavailable(String image) {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      return Optional.of("no Docker daemon answers here");
    }
    try {
      new RemoteDockerImage(DockerImageName.parse(image)).get();
      return Optional.empty();
    } catch (ContainerFetchException | ConditionTimeoutException e) {
      return Optional.of("Docker answers, but images can't be had here");
    }
  }

  private static void announce(String reason) {
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
}
