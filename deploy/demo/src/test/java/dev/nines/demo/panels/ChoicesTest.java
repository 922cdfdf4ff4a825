// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.panels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Examples of the data source's page on template variables, and of Grafana's variable syntax. */
class ChoicesTest {

  private final Choices choices = new Choices();

  ChoicesTest() {
    choices.choose("database", List.of("db1", "db2"));
    choices.choose("region", List.of(Choices.ALL));
    choices.choose("service", List.of("it's"));
  }

  @Test
  void valuesAreQuotedForSql() {
    assertThat(choices.fill("IN (${database:singlequote})")).isEqualTo("IN ('db1','db2')");
    assertThat(choices.fill("= ${service:singlequote}")).isEqualTo("= 'it\\'s'");
    assertThat(choices.fill("$database ${service}")).isEqualTo("db1,db2 it's");
  }

  @Test
  void aConditionHoldsUnlessAllIsChosen() {
    assertThat(
            choices.fill(
                "$__conditionalAll(database IN (${database:singlequote}), $database) AND"
                    + " $__conditionalAll(region IN (${region:singlequote}), ${region})"))
        .isEqualTo("database IN ('db1','db2') AND 1=1");
  }

  @Test
  void macrosOfTheDataSourceAreLeft() {
    assertThat(choices.fill("$__timeFilter(at) AND $__interval_s"))
        .isEqualTo("$__timeFilter(at) AND $__interval_s");
  }

  @Test
  void unknownVariablesAndFormatsAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> choices.fill("$nobody"));
    assertThatIllegalArgumentException().isThrownBy(() -> choices.fill("${database:csv}"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> choices.fill("$__conditionalAll(1, ${database:singlequote})"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> choices.fill("$__conditionalAll($database)"));
  }
}
