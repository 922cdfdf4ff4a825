// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.demo.DemoOptions;
import dev.nines.demo.Director;
import dev.nines.demo.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The mission in small: a short day in ten regions. Days with a kill are {@code prove demo-kills};
 * that a liar is found out, {@code prove demo-sabotage}.
 */
@ExtendWith(OneUp.Away.class)
class DemoTest {

  private static final Path HOME = Path.of(System.getProperty("nines.root"));
  private static final DemoOptions SHORT =
      DemoOptions.standard(11, Optional.empty()).sized(20_000, 60);

  @Test
  void everyPromiseHolds() throws IOException {
    Report report = run(SHORT);
    assertThat(report.brokenPromises()).isEmpty();
    assertThat(report.spans().acknowledged()).isGreaterThan(15_000);
    assertThat(report.spans().lost()).isZero();
    assertThat(report.spans().duplicated()).isZero();
    assertThat(report.slos()).allSatisfy(slo -> assertThat(slo.engine()).isEqualTo(slo.truth()));
    assertThat(report.groups())
        .allSatisfy(group -> assertThat(group.engine()).isEqualTo(group.truth()))
        .extracting(Report.GroupCount::group)
        .contains("globex", "acme-retail", "free", "plus");
    assertThat(report.pages()).isNotEmpty();
    assertThat(report.incidents()).isNotEmpty();
    assertThat(report.dashboards().panels()).isGreaterThanOrEqualTo(40);
    assertThat(report.dashboards().panelsWithData()).isEqualTo(report.dashboards().panels());
    assertThat(report.metrics().pointsAcknowledged()).isGreaterThan(1_000);
    assertThat(report.pagerDuty().alerts()).isPositive();
    assertThat(report.pagerDuty().changes()).isEqualTo(2);
    assertThat(report.sla().credit())
        .isPositive()
        .isEqualByComparingTo(report.sla().expectedCredit());
    List<Path> pictures = ReportPictures.draw(report.sla().files());
    assertThat(pictures).hasSizeGreaterThan(1).allMatch(file -> file.toFile().length() > 10_000);
  }

  private static Report run(DemoOptions options) throws IOException {
    return new Director(HOME, options, System.out, false).run();
  }
}
