// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.kafka;

import java.util.Properties;

/** Settings of a broker that is alone on its machine: quick to start, small, one replica. */
final class BrokerProperties {

  static final int NODE_ID = 1;

  private static final String SETTINGS =
      """
      process.roles=broker,controller
      node.id=1
      controller.listener.names=CONTROLLER
      listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
      auto.create.topics.enable=false
      default.replication.factor=1
      min.insync.replicas=1
      offsets.topic.replication.factor=1
      offsets.topic.num.partitions=4
      transaction.state.log.replication.factor=1
      transaction.state.log.min.isr=1
      transaction.state.log.num.partitions=4
      share.coordinator.state.topic.replication.factor=1
      share.coordinator.state.topic.min.isr=1
      share.coordinator.state.topic.num.partitions=1
      group.initial.rebalance.delay.ms=0
      group.min.session.timeout.ms=1000
      message.max.bytes=2097152
      num.network.threads=2
      num.io.threads=4
      num.recovery.threads.per.data.dir=2
      # The default reserves 128 MiB.
      log.cleaner.dedupe.buffer.size=16777216
      # Some 150 partitions share one disk, each with a pair of index files per segment.
      log.segment.bytes=67108864
      log.index.size.max.bytes=1048576
      log.preallocate=false
      transaction.abort.timed.out.transaction.cleanup.interval.ms=1000
      # After SIGKILL the old registration must expire first: 3.1 s instead of 12.1 s.
      broker.session.timeout.ms=1500
      broker.heartbeat.interval.ms=300
      metadata.log.max.record.bytes.between.snapshots=2097152
      controlled.shutdown.enable=false
      """;

  private BrokerProperties() {}

  static Properties of(Arguments arguments) {
    Properties properties = new Properties();
    SETTINGS
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("=", 2))
        .forEach(pair -> properties.setProperty(pair[0], pair[1]));
    String client = "PLAINTEXT://127.0.0.1:" + arguments.port();
    String controller = "127.0.0.1:" + arguments.controllerPort();
    properties.setProperty("listeners", client + ",CONTROLLER://" + controller);
    properties.setProperty("advertised.listeners", client);
    properties.setProperty("controller.quorum.voters", NODE_ID + "@" + controller);
    properties.setProperty("log.dirs", arguments.data().toString());
    return properties;
  }
}
