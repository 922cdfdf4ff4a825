// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident;

import dev.nines.incident.postmortem.ChangeShare;
import dev.nines.incident.postmortem.Evidence;
import dev.nines.incident.postmortem.Fact;
import dev.nines.incident.postmortem.GroupImpact;
import dev.nines.incident.postmortem.Impact;
import dev.nines.objectives.ChangeEvent;
import java.math.BigDecimal;
import java.util.List;

/** Evidence as a store that knows everything gives it, or one that is away. */
final class StoredEvidence implements Evidence {

  volatile boolean away;

  @Override
  public Fact<Impact> impact(Question question) {
    return fact(
        new Impact(
            question.from(),
            question.from().plusSeconds(120),
            321,
            9_876,
            120,
            new BigDecimal("0.1834"),
            List.of(new Impact.RegionImpact("eu-west-1", 321, 9_876))),
        "SELECT sum(bad) FROM ledger");
  }

  @Override
  public Fact<List<GroupImpact>> groups(Question question) {
    return fact(
        List.of(new GroupImpact("acme | retail", 300, 400), new GroupImpact("globex", 21, 9_000)),
        "SELECT group, sum(bad) FROM ledger");
  }

  @Override
  public Fact<List<String>> exemplars(Question question) {
    return fact(List.of("4bf92f3577b34da6a3ce929d0e0e4736"), "SELECT trace_id FROM spans");
  }

  @Override
  public Fact<List<ChangeShare>> changes(Question question) {
    ChangeEvent deploy =
        new ChangeEvent(
            "c-1", "t", "checkout", "2.4.1", "eu-west-1", "deploy", "new | cart", question.from());
    return fact(List.of(new ChangeShare(deploy, 300, 321, 10, 9_555)), "SELECT version, count()");
  }

  private <T> Fact<T> fact(T value, String query) {
    return away ? new Fact.Missing<>("ClickHouse is away", query) : new Fact.Known<>(value, query);
  }
}
