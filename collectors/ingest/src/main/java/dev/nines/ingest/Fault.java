// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import java.util.Locale;

/** Why a request is not taken, with its answers. Only 503 and UNAVAILABLE invite a retry. */
enum Fault {
  MALFORMED(400, 3),
  UNAUTHENTICATED(401, 16),
  FORBIDDEN(403, 7),
  NOT_FOUND(404, 5),
  METHOD(405, 12),
  TOO_LARGE(413, 8),
  BROKER_LIMIT(413, 8),
  MEDIA_TYPE(415, 3),
  ENCODING(415, 3),
  OVERLOADED(503, 14),
  ABOVE_GUARANTEE(503, 14),
  DISK_RESERVE(503, 14),
  KAFKA(503, 14),
  STARTING(503, 14),
  INTERNAL(503, 14);

  private final int httpStatus;
  private final int grpcCode;

  Fault(int httpStatus, int grpcCode) {
    this.httpStatus = httpStatus;
    this.grpcCode = grpcCode;
  }

  int httpStatus() {
    return httpStatus;
  }

  /** Number of a {@code google.rpc.Code}. */
  int grpcCode() {
    return grpcCode;
  }

  boolean retryable() {
    return httpStatus == 503;
  }

  /** A bounded word for accounting and metrics. */
  String reason() {
    return name().toLowerCase(Locale.ROOT);
  }
}
