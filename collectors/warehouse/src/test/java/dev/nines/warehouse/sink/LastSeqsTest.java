// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class LastSeqsTest {

  @Test
  void onlyWhatIsBeyondTheLastSeqIsNew() {
    LastSeqs seqs = new LastSeqs();
    assertThat(seqs.advance(new RecordIdentity("eu", "0_1", 5))).isTrue();
    assertThat(seqs.advance(new RecordIdentity("eu", "0_1", 5))).isFalse();
    assertThat(seqs.advance(new RecordIdentity("eu", "0_1", 4))).isFalse();
    assertThat(seqs.advance(new RecordIdentity("us", "0_1", 4))).isTrue();
    assertThat(seqs.advance(new RecordIdentity("eu", "0_1", 6))).isTrue();
  }

  @Test
  void aPositionSurvivesTheMetadata() {
    LastSeqs seqs = new LastSeqs();
    seqs.advance(new RecordIdentity("eu-west;1", "0:1=,", Long.MAX_VALUE));
    seqs.advance(new RecordIdentity("us", "ingest-1/17 0", 0));
    Position position = new Position(42, new Plan(99, 3), seqs);
    Position read = Position.read(position.committed());
    assertThat(read.plan()).isEqualTo(new Plan(99, 3));
    assertThat(read.next()).isEqualTo(42);
    assertThat(read.seqs().write()).isEqualTo(seqs.write());
    assertThat(read.seqs().advance(new RecordIdentity("us", "ingest-1/17 0", 0))).isFalse();
  }

  @Test
  void tenRegionsOfFourTasksFitAndMoreForgetTheOldest() {
    LastSeqs seqs = new LastSeqs();
    for (int i = 0; i < 40; i++) {
      seqs.advance(new RecordIdentity("ap-northeast-" + i / 4, "0_" + i, 3_000_000_000L + i));
    }
    assertThat(seqs.trim(Position.MAX_METADATA - 48)).isZero();
    for (int i = 40; i < 400; i++) {
      seqs.advance(new RecordIdentity("ap-northeast-" + i / 4, "0_" + i, 3_000_000_000L + i));
    }
    assertThat(seqs.trim(Position.MAX_METADATA - 48)).isPositive();
    assertThat(
            new Position(Long.MAX_VALUE, new Plan(Long.MAX_VALUE, 1), seqs).committed().metadata())
        .hasSizeLessThanOrEqualTo(Position.MAX_METADATA);
    assertThat(seqs.advance(new RecordIdentity("ap-northeast-99", "0_399", 1))).isFalse();
    assertThat(seqs.advance(new RecordIdentity("ap-northeast-0", "0_0", 1))).isTrue();
  }

  @Test
  void metadataOfAnotherProgramIsRefused() {
    assertThatThrownBy(() -> Position.read(new OffsetAndMetadata(7, "hello")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("hello");
  }
}
