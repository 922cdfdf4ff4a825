// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.fuzz;

/** A way into the collector over HTTP, with what its clients say of their bodies. */
enum Door {
  TRACES("traces", ".pb", "/v1/traces", "application/x-protobuf"),
  TRACES_JSON("traces", ".json", "/v1/traces", "application/json"),
  METRICS("metrics", ".pb", "/v1/metrics", "application/x-protobuf"),
  METRICS_JSON("metrics", ".json", "/v1/metrics", "application/json"),
  WRITE_1("write", ".pb", "/api/v1/write", "application/x-protobuf"),
  WRITE_2(
      "second",
      ".pb",
      "/api/v1/write",
      "application/x-protobuf;proto=io.prometheus.write.v2.Request");

  final String prefix;
  final String suffix;
  final String path;
  final String contentType;

  /**
   * @param prefix of the names of its seeds
   */
  Door(String prefix, String suffix, String path, String contentType) {
    this.prefix = prefix;
    this.suffix = suffix;
    this.path = path;
    this.contentType = contentType;
  }

  boolean isJson() {
    return suffix.equals(".json");
  }

  /** Remote write is always in blocks of Snappy. */
  boolean isSnappy() {
    return path.equals("/api/v1/write");
  }
}
