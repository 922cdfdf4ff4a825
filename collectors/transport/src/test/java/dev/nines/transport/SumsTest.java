// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.transport.Sums.Sum;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SumsTest {

  private final Committing streams = new Committing(Sums.builder("store"));
  private Sums sums;

  @AfterEach
  void close() {
    streams.close();
  }

  @Test
  void whatIsDrainedBeforeACommitIsNeverStored() {
    streams.commit(
        store -> {
          sums = new Sums(store);
          sums.add(key('a', 1), 1, 1);
          assertThat(sums.drain('a')).hasSize(1);
          assertThat(Committing.keys(store)).isEmpty();
        });
    assertThat(streams.keys()).isEmpty();
  }

  @Test
  void sumsAreStoredBeforeACommitAndWhatIsAddedLaterBelongsToThem() {
    streams.commit(
        store -> {
          sums = new Sums(store);
          sums.add(key('a', 1), 10, 1, 2);
        });
    assertThat(streams.keys()).hasSize(1);
    streams.commit(
        store -> {
          sums.add(key('a', 1), 7, 10, 20, 30);
          sums.add(key('a', 2), 8, 5);
          List<Sum> drained = sums.drain('a');
          assertThat(drained).extracting(Sum::key).containsExactly(key('a', 1), key('a', 2));
          assertThat(drained.getFirst().latest()).isEqualTo(10);
          assertThat(drained.getFirst().values()).containsExactly(11, 22, 30);
        });
    assertThat(streams.keys()).isEmpty();
  }

  /** The transaction of what came after the last commit is aborted: its input comes again. */
  @Test
  void aTaskThatIsRevivedHasWhatWasCommittedAndNothingElse() {
    streams.commit(
        store -> {
          sums = new Sums(store);
          sums.add(key('a', 1), 1, 1);
          sums.add(key('b', 1), 1, -7);
        });
    streams.commit(
        store -> {
          sums.add(key('a', 1), 2, 100);
          sums.add(key('a', 2), 2, 100);
          sums = new Sums(store);
          assertThat(sums.drain('a').getFirst().values()).containsExactly(1);
          assertThat(sums.drain('b').getFirst().values()).containsExactly(-7);
        });
  }

  /** An entry for each key: the latest instant and the values. */
  @Test
  void whatAFormerVersionLeftIsRead() {
    streams.commit(
        store -> {
          put(store, key('a', 1), 5, 1, 2);
          put(store, key('a', 2), 6, 3, 4);
        });
    streams.commit(
        store -> {
          sums = new Sums(store);
          sums.add(key('a', 1), 4, 10, 10);
        });
    streams.commit(
        store -> {
          List<Sum> drained = new Sums(store).drain('a');
          assertThat(drained.getFirst().latest()).isEqualTo(5);
          assertThat(drained.getFirst().values()).containsExactly(11, 12);
          assertThat(drained.getLast().values()).containsExactly(3, 4);
        });
    assertThat(streams.keys()).isEmpty();
  }

  @Test
  void keysThatStayForLongDoNotKeepEveryPage() {
    streams.commit(store -> sums = new Sums(store));
    for (int i = 0; i < 1_000; i++) {
      long number = i;
      streams.commit(
          store -> {
            sums.add(key('a', 0), 1, 1);
            sums.add(key('a', 1 + number), 1, 1);
            assertThat(sums.take('a', sum -> sum.key().equals(key('a', number))))
                .hasSizeLessThan(2);
          });
    }
    assertThat(streams.keys()).hasSizeLessThan(70);
  }

  /** Against a map; the task dies between records, and keys come, stay and go. */
  @Test
  void nothingIsLostOrCountedTwice() {
    Random random = new Random(5);
    Map<Long, Long> truth = new TreeMap<>();
    streams.commit(store -> sums = new Sums(store));
    for (int i = 0; i < 2_000; i++) {
      int added = random.nextInt(100);
      boolean takes = random.nextInt(20) == 0;
      boolean dies = random.nextInt(50) == 0;
      streams.commit(
          store -> {
            sums = dies ? new Sums(store) : sums;
            for (int n = 0; n < added; n++) {
              long number = random.nextInt(4_000);
              long value = random.nextInt(1_000) - 300;
              sums.add(key('a', number), n, value, 1);
              truth.merge(number, value, Long::sum);
            }
            if (takes) {
              sums.take('a', sum -> sum.key().numbers().getFirst() % 3 == 0)
                  .forEach(sum -> less(truth, sum));
            }
          });
    }
    streams.commit(store -> new Sums(store).drain('a').forEach(sum -> less(truth, sum)));
    assertThat(truth.values()).containsOnly(0L);
    assertThat(streams.keys()).isEmpty();
  }

  private static void less(Map<Long, Long> truth, Sum sum) {
    truth.merge(sum.key().numbers().getFirst(), -sum.values()[0], Long::sum);
  }

  private static void put(BufferedStore store, SumKey key, long... numbers) {
    ByteBuffer value = ByteBuffer.allocate(Long.BYTES * numbers.length);
    value.asLongBuffer().put(numbers);
    store.put(Bytes.wrap(key.bytes()), value.array());
  }

  private static SumKey key(char kind, long number) {
    return new SumKey(kind, List.of("text"), List.of(number));
  }
}
