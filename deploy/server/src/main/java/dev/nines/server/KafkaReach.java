// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Whether a broker takes connections, asked at most twice a second. Clients of Kafka notice its
 * death only after their own time-outs of seconds; a closed port says it at once. For roles that
 * can do nothing without Kafka: the others stay ready, for they page.
 */
@Singleton
public final class KafkaReach {

  private static final Duration FRESH = Duration.ofMillis(500);
  private static final int CONNECT_MILLIS = 500;

  private final String bootstrapServers;
  private final InstantSource clock;
  private volatile Reading last = new Reading(Instant.MIN, Optional.empty());

  private record Reading(Instant at, Optional<String> complaint) {}

  @Inject
  public KafkaReach(NinesConfig config, InstantSource clock) {
    this(config.kafka().bootstrapServers(), clock);
  }

  KafkaReach(String bootstrapServers, InstantSource clock) {
    this.bootstrapServers = bootstrapServers;
    this.clock = clock;
  }

  /** Empty when one of the bootstrap servers is reached. */
  public Optional<String> complaint() {
    Instant now = clock.instant();
    Reading reading = last;
    if (reading.at.isAfter(now) || reading.at.isBefore(now.minus(FRESH))) {
      reading = new Reading(now, ask());
      last = reading;
    }
    return reading.complaint;
  }

  private Optional<String> ask() {
    String why = "no address";
    for (String server : bootstrapServers.split(",")) {
      try (Socket socket = new Socket()) {
        socket.connect(address(server.strip()), CONNECT_MILLIS);
        return Optional.empty();
      } catch (IOException e) {
        why = server.strip() + ": " + e.getMessage();
      }
    }
    return Optional.of("Kafka is away: " + why);
  }

  private static InetSocketAddress address(String server) {
    int colon = server.lastIndexOf(':');
    return new InetSocketAddress(
        server.substring(0, colon), Integer.parseInt(server.substring(colon + 1)));
  }
}
