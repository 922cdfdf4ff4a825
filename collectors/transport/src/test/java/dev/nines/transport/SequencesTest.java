// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SequencesTest {

  private final Committing streams = new Committing(Sequences.builder("store"));
  private Sequences sequences;

  @AfterEach
  void close() {
    streams.close();
  }

  @Test
  void numbersGoOnFromWhatWasCommitted() {
    streams.commit(
        store -> {
          sequences = new Sequences(store);
          assertThat(sequences.next("a")).isEqualTo(1);
          assertThat(sequences.next("a")).isEqualTo(2);
          assertThat(sequences.advance("b", 7)).isTrue();
          assertThat(Committing.keys(store)).isEmpty();
        });
    streams.commit(
        store -> {
          assertThat(sequences.next("a")).isEqualTo(3);
          sequences = new Sequences(store);
          assertThat(sequences.next("a")).isEqualTo(3);
          assertThat(sequences.advance("b", 7)).isFalse();
          assertThat(sequences.advance("b", 8)).isTrue();
        });
  }

  /** As text and long of Streams' own serdes. */
  @Test
  void whatAFormerVersionLeftIsRead() {
    streams.commit(
        store ->
            store.put(
                Bytes.wrap(Serdes.String().serializer().serialize("", "eu/0_1")),
                Serdes.Long().serializer().serialize("", 41L)));
    streams.commit(store -> assertThat(new Sequences(store).next("eu/0_1")).isEqualTo(42));
  }
}
