// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.shop.traffic.Script;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

  @Test
  void whatIsNotSaidHasADefault() throws RefusedInput {
    Arguments arguments = Arguments.parse("--seed", "7", "--log", "d", "--collectors", "c.json");
    assertThat(arguments.duration()).isEqualTo(Duration.ofSeconds(120));
    assertThat(arguments.spans()).isEqualTo(230_000);
    assertThat(arguments.flush()).isEqualTo(Duration.ofSeconds(60));
    assertThat(arguments.collectors()).contains(Path.of("c.json"));
    assertThat(arguments.script()).isEqualTo(Script.DEFAULT);
    assertThat(arguments.api()).isNull();
  }

  @Test
  void aPlanNeedsNoCollectors() throws RefusedInput {
    assertThat(Arguments.parse("--seed", "7", "--log", "d", "--plan", "true").planOnly()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "--log d --collectors c, --seed is missing",
    "--seed 7 --log d, --collectors is missing",
    "--seed x --log d --collectors c, --seed is not a whole number: x",
    "--seed 7 --log d --collectors c --spans 0, --spans is not between 100 and 1000000000: 0",
    "--seed 7 --log, --log has no value",
    "--sed 7, unknown argument: --sed",
    "--seed 7 --log d --collectors c --script x, '--script is one of default, calm, deploys'"
  })
  void aRefusalNamesTheArgument(String line, String message) {
    assertThatThrownBy(() -> Arguments.parse(line.split(" ")))
        .isInstanceOf(RefusedInput.class)
        .hasMessage(message);
  }
}
