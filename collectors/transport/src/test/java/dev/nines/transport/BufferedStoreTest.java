// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.Test;

class BufferedStoreTest {

  private static final int COMMITS = 3;

  private Sums sums;

  @Test
  void manyChangesArePutOnceACommitWhileOthersFillTheCache() {
    try (Committing streams = new Committing(Sums.builder("store"))) {
      for (int commit = 0; commit < COMMITS; commit++) {
        int before = commit;
        streams.commit(
            store -> {
              sums = before == 0 ? new Sums(store) : sums;
              addThousandTimes();
              assertThat(Committing.keys(store)).hasSize(before);
            });
        assertThat(streams.changelog()).hasSize(1);
      }
    }
  }

  @Test
  void aCommitWithoutAChangePutsNothing() {
    try (Committing streams = new Committing(Sums.builder("store"))) {
      streams.commit(
          store -> {
            sums = new Sums(store);
            addThousandTimes();
          });
      assertThat(streams.changelog()).hasSize(1);
      streams.commit(store -> {});
      assertThat(streams.changelog()).isEmpty();
    }
  }

  @Test
  void whereNothingWaitsEachChangeIsPutAtOnce() {
    StoreBuilder<BufferedStore> atOnce = Sums.builder("store").withCachingDisabled();
    try (Committing streams = new Committing(atOnce)) {
      streams.commit(
          store -> {
            sums = new Sums(store);
            for (int i = 1; i <= COMMITS; i++) {
              sums.add(key(i), i, 1);
              assertThat(Committing.keys(store)).hasSize(i);
            }
          });
      assertThat(streams.changelog()).hasSize(COMMITS);
    }
  }

  /** Streams calls it of its own when a task becomes a copy or a copy the task. */
  @Test
  void whatWaitedIsForgottenWhenTheTaskIsRecycled() {
    try (Committing streams = new Committing(Sums.builder("store"))) {
      streams.commit(
          store -> {
            sums = new Sums(store);
            addThousandTimes();
            store.clearCache();
          });
      assertThat(streams.keys()).isEmpty();
      streams.commit(
          store -> {
            sums = new Sums(store);
            sums.add(key(1), 1, 7);
          });
      streams.commit(
          store -> assertThat(new Sums(store).drain('a').getFirst().values()).containsExactly(7));
    }
  }

  private void addThousandTimes() {
    for (int i = 0; i < 1_000; i++) {
      sums.add(key(i % 200), i, 1);
    }
  }

  private static SumKey key(long number) {
    return new SumKey('a', List.of("text"), List.of(number));
  }
}
