// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

/** What a statement read and wrote, rows of materialized views included, and the rows returned. */
record Summary(
    long readRows, long readBytes, long writtenRows, long writtenBytes, long resultRows) {
  static final Summary NOTHING = new Summary(0, 0, 0, 0, 0);

  Summary plus(Summary chunk) {
    return new Summary(
        readRows + chunk.readRows,
        readBytes + chunk.readBytes,
        writtenRows + chunk.writtenRows,
        writtenBytes + chunk.writtenBytes,
        resultRows + chunk.resultRows);
  }

  /** The value of the header {@code X-ClickHouse-Summary}. */
  String json(long elapsedNanos) {
    return """
        {"read_rows":"%d","read_bytes":"%d","written_rows":"%d","written_bytes":"%d",\
        "total_rows_to_read":"0","result_rows":"%d","result_bytes":"0","elapsed_ns":"%d"}"""
        .formatted(
            readRows,
            readBytes,
            writtenRows,
            writtenBytes,
            writtenRows > 0 ? writtenRows : resultRows,
            elapsedNanos);
  }
}
