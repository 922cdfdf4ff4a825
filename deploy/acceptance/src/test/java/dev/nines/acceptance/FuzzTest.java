// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.demo.fuzz.Aftermath;
import dev.nines.demo.fuzz.Volley;
import dev.nines.demo.stage.Api;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The proof {@code fuzz}, small: its seed is fixed, so that what it finds is found again. */
@ExtendWith(OneUp.class)
class FuzzTest {

  private static final long SEED = 4;
  private static final long BODIES = 6_000;

  private final Up up;

  FuzzTest(Up up) {
    this.up = up;
  }

  @Test
  void noBodyIsTooMuch() throws IOException {
    Api api = new Api(up.platform().api(), up.platform().token());
    Volley volley = new Volley(SEED, URI.create(up.otlpHttp()), up.writeToken());
    volley.send(BODIES, sent -> {});
    assertThat(volley.wrong()).isEmpty();
    assertThat(volley.answers().get(200)).as("some are sound").isGreaterThan(BODIES / 10);
    assertThat(volley.answers().get(400)).as("some are not").isGreaterThan(BODIES / 10);
    assertThat(new Aftermath(api).broken()).isEmpty();
  }
}
