// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

/** An error number of ClickHouse's {@code ErrorCodes.cpp} and its name. */
record ErrorCode(int number, String name) {
  static final ErrorCode BAD_ARGUMENTS = new ErrorCode(36, "BAD_ARGUMENTS");
  static final ErrorCode CHECKSUM_DOESNT_MATCH = new ErrorCode(40, "CHECKSUM_DOESNT_MATCH");
  static final ErrorCode NOT_IMPLEMENTED = new ErrorCode(48, "NOT_IMPLEMENTED");
  static final ErrorCode SYNTAX_ERROR = new ErrorCode(62, "SYNTAX_ERROR");
  static final ErrorCode READONLY = new ErrorCode(164, "READONLY");
  static final ErrorCode TOO_MANY_SIMULTANEOUS_QUERIES =
      new ErrorCode(202, "TOO_MANY_SIMULTANEOUS_QUERIES");
  static final ErrorCode QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING =
      new ErrorCode(216, "QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING");
  static final ErrorCode QUERY_IS_TOO_LARGE = new ErrorCode(229, "QUERY_IS_TOO_LARGE");
  static final ErrorCode CANNOT_DECOMPRESS = new ErrorCode(271, "CANNOT_DECOMPRESS");
  static final ErrorCode UNKNOWN_EXCEPTION = new ErrorCode(1002, "UNKNOWN_EXCEPTION");
  static final ErrorCode SESSION_NOT_FOUND = new ErrorCode(372, "SESSION_NOT_FOUND");
  static final ErrorCode SESSION_IS_LOCKED = new ErrorCode(373, "SESSION_IS_LOCKED");

  /**
   * The status that the server answers with (source: {@code
   * src/Server/HTTP/exceptionCodeToHTTPStatus.cpp}); 503 for 202 is ours, so that a client waits
   * and comes back.
   */
  int httpStatus() {
    return switch (number) {
      case 194 -> 401;
      case 192, 193, 497, 512, 516 -> 403;
      case 6, 8, 15, 25, 26, 27, 36, 37, 38, 41, 44, 53, 62, 72, 117, 123, 167, 168 -> 400;
      case 223, 321, 376, 427, 441, 675, 676 -> 400;
      case 46, 47, 50, 56, 60, 63, 73, 78, 81, 115, 152, 336, 511 -> 404;
      case 159 -> 408;
      case 381 -> 411;
      case 229 -> 413;
      case 779 -> 415;
      case 48 -> 501;
      case 76, 202, 209, 439 -> 503;
      default -> 500;
    };
  }
}
