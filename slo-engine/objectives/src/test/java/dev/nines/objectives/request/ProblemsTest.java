// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nines.objectives.Slo;
import dev.nines.objectives.openslo.OpenSlo;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemsTest {

  private static final Path EXAMPLE =
      Path.of(
          System.getProperty("nines.root"), "slo-engine/examples/composites/checkout-path.yaml");

  @Test
  void whoAsksACompositeForCountsIsToldItsComponents() throws IOException {
    List<Slo> slos =
        OpenSlo.read("a", Files.readString(EXAMPLE)).slos().stream()
            .map(slo -> slo.of("default", 1))
            .toList();
    WebApplicationException refused =
        catchThrowableOfType(
            WebApplicationException.class, () -> Problems.counting("name", slos.getFirst()));
    assertThat(refused.getResponse().getStatus()).isEqualTo(400);
    assertThat(refused)
        .hasMessage(
            "name: is a composite, which counts nothing itself; ask its components:"
                + " checkout-path.cart, checkout-path.orders-taken, checkout-path.payment");
    assertThat(Problems.counting("name", slos.getLast())).isSameAs(slos.getLast());
  }
}
