// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollectorSpecTest {

  @Test
  void anEntryIsRegionAndTwoPorts() {
    assertThat(CollectorSpec.parse(List.of("eu-west-1:4317:4318", "master:0:65535")))
        .containsExactly(
            new CollectorSpec("eu-west-1", 4317, 4318), new CollectorSpec("master", 0, 65535));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "eu",
        "eu:4317",
        "eu:4317:4318:1",
        "eu:x:4318",
        "eu:4317:-1",
        "eu:4317:65536",
        "eu:99999:4318",
        ":4317:4318",
        "eu:4317:"
      })
  void aMalformedEntryIsNamed(String entry) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CollectorSpec.parse(List.of("master:1:2", entry)))
        .withMessage("nines.collectors: '" + entry + "' is not region:grpcPort:httpPort");
  }
}
