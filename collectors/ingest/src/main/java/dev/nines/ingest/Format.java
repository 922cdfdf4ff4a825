// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

/** How an OTLP message is written. */
enum Format {
  PROTOBUF("application/x-protobuf"),
  JSON("application/json");

  private final String mediaType;

  Format(String mediaType) {
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType;
  }
}
