// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The platform's own spans: under tenant nines, for nobody else, and never traced again. */
@ExtendWith(OneUp.class)
class OwnTracesTest {

  private static final Pattern ENDED =
      Pattern.compile("(?m)^nines_traces_spans_total\\{outcome=\"\\w+\",} (\\S+)$");

  private final Up up;

  OwnTracesTest(Up up) {
    this.up = up;
  }

  @Test
  void requestsAreFoundByTenantNinesAndByNobodyElse() {
    assertThat(up.http().get("/api/v1/accounting").statusCode()).isEqualTo(200);
    Http nines = nines();
    await()
        .atMost(30, SECONDS)
        .untilAsserted(
            () -> assertThat(found(nines, "&operation=GET%20/api/v1/accounting")).isNotEmpty());
    assertThat(found(up.http(), "")).isEmpty();
    assertThat(Http.json(up.http().get("/api/v1/accounting")).findValuesAsText("tenant"))
        .doesNotContain("nines");
    // A span that made another one would do so for ever: then it is never quiet.
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofSeconds(1))
        .during(Duration.ofSeconds(6))
        .until(this::ended, new Unchanged());
  }

  /** Whoever has no token could else fill the store; the one who has is found behind it. */
  @Test
  void aStrangerLeavesNoSpan() {
    Instant before = Instant.now();
    for (Http stranger : List.of(up.http().anonymous(), up.http().as("nines_unknown"))) {
      assertThat(stranger.get("/api/v1/slos").statusCode()).isEqualTo(401);
    }
    assertThat(up.http().get("/api/v1/slos").statusCode()).isEqualTo(200);
    String request =
        "&from=" + before + "&operation=GET%20/api/v1/slos&attribute=http.response.status_code%3D";
    Http nines = nines();
    await()
        .atMost(30, SECONDS)
        .untilAsserted(() -> assertThat(found(nines, request + "200")).isNotEmpty());
    assertThat(found(nines, request + "401")).isEmpty();
  }

  private Http nines() {
    Path token = up.data().resolve("nines.token");
    return new Http(up.platform().api(), Optional.of(SourceTree.read(token).strip()));
  }

  private static JsonNode found(Http caller, String more) {
    return Http.json(caller.get("/api/v1/traces?service=nines-server" + more)).path("traces");
  }

  /** Spans that ended, whatever became of them. */
  private double ended() {
    return ENDED
        .matcher(up.http().get("/metrics").body())
        .results()
        .mapToDouble(found -> Double.parseDouble(found.group(1)))
        .sum();
  }

  /** True while a value is what it was at the last look. */
  private static final class Unchanged implements Predicate<Double> {

    private double last = -1;

    @Override
    public boolean test(Double now) {
      boolean same = now == last;
      last = now;
      return same;
    }
  }
}
