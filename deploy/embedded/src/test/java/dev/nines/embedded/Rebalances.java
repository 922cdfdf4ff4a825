// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/** Counts how often a member gets an assignment. */
final class Rebalances implements ConsumerRebalanceListener {

  private int count;

  int count() {
    return count;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    count++;
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
}
