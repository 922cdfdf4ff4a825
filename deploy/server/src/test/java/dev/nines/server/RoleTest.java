// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoleTest {

  @Test
  void allMeansEveryRole() {
    assertThat(Role.parse(List.of("all"))).containsExactly(Role.values());
  }

  @Test
  void namesMeanThemselves() {
    assertThat(Role.parse(List.of("engine", "collector", "engine")))
        .containsExactlyInAnyOrder(Role.COLLECTOR, Role.ENGINE);
  }

  @Test
  void aWordThatIsNoRoleIsNamedWithThoseThatAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Role.parse(List.of("engine", "Collector")))
        .withMessage(
            "nines.roles: 'Collector' is no role; roles are all, collector, extraction, engine,"
                + " archive, api, alerting, incident, prober, sampler");
  }

  @Test
  void noRoleAtAllIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Role.parse(List.of()))
        .withMessageStartingWith("nines.roles is empty; roles are collector, ");
  }
}
