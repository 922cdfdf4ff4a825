// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.transport.JsonSerde;
import org.junit.jupiter.api.Test;

class RegionProgressTest {

  /** Nothing was behind, and its traffic is judged again. */
  @Test
  void whatAFormerVersionStoredIsRead() {
    String stored =
        """
        {"partitions":1,"reported":{"0":{"progressAt":90000,"completeTo":60000,"goodbye":false}},
        "silences":[],"progressAt":90000,"goodbye":false}
        """;
    RegionProgress read = new JsonSerde<>(RegionProgress.class).read(stored.getBytes(UTF_8));
    assertThat(read.completeTo()).hasValue(60_000);
    assertThat(read.behindUntil()).isZero();
    assertThat(read.trafficTo()).isZero();
  }
}
