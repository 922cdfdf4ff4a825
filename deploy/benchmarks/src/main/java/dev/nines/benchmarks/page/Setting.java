// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

/** How often a Prometheus scrapes and judges, and how long its Alertmanager gathers. */
enum Setting {
  /** As the {@code prometheus.yml} and {@code alertmanager.yml} that upstream ships. */
  UPSTREAM("prometheus", 15, 15, 30),
  /** As prometheus-operator and kube-prometheus. */
  OPERATOR("prometheus-operator", 30, 30, 30),
  /** As fast as it may be set in whole seconds. */
  TUNED("prometheus-tuned", 1, 1, 0);

  private static final int HISTORY_SECONDS_LEAST = 15;

  private final String subject;
  private final int scrapeSeconds;
  private final int evaluationSeconds;
  private final int groupWaitSeconds;

  Setting(String subject, int scrapeSeconds, int evaluationSeconds, int groupWaitSeconds) {
    this.subject = subject;
    this.scrapeSeconds = scrapeSeconds;
    this.evaluationSeconds = evaluationSeconds;
    this.groupWaitSeconds = groupWaitSeconds;
  }

  /** In tables. */
  String subject() {
    return subject;
  }

  int scrapeSeconds() {
    return scrapeSeconds;
  }

  int evaluationSeconds() {
    return evaluationSeconds;
  }

  int groupWaitSeconds() {
    return groupWaitSeconds;
  }

  /** Between samples of the history; where it is tuned, in its favour: rules read fewer of them. */
  int historySeconds() {
    return Math.max(HISTORY_SECONDS_LEAST, scrapeSeconds);
  }

  @Override
  public String toString() {
    return "%s (scrape %d s, rules %d s, group_wait %d s)"
        .formatted(subject, scrapeSeconds, evaluationSeconds, groupWaitSeconds);
  }
}
