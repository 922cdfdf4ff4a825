// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

/** A running process that takes OTLP by gRPC and writes it to Kafka. */
interface Subject extends AutoCloseable {

  /** In tables and messages. */
  String name();

  long pid();

  /** OTLP gRPC on 127.0.0.1. */
  int port();

  /** Where each batch becomes one record. */
  String topic();

  /** Whether OK is answered only when Kafka has the batch. */
  boolean acknowledgesWhatKafkaHas();

  @Override
  void close();
}
