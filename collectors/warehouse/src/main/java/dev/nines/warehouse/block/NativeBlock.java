// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.block;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Rows for one table in ClickHouse's Native format: column count, row count, then each column with
 * its name and type. One block belongs to one thread and is used again after {@link #clear}.
 */
public final class NativeBlock {

  private final List<Column> columns;
  private final Bytes out = new Bytes(64 * 1024);

  public NativeBlock(List<? extends Column> columns) {
    this.columns = List.copyOf(columns);
  }

  public List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }

  public int rows() {
    return columns.getFirst().rows();
  }

  public void clear() {
    columns.forEach(Column::clear);
  }

  /**
   * @throws IllegalStateException when the columns differ in their number of rows
   */
  public void writeTo(OutputStream stream) throws IOException {
    columns.forEach(this::isWhole);
    out.clear();
    out.putVarint(columns.size());
    out.putVarint(rows());
    for (Column column : columns) {
      out.putText(column.name());
      out.putText(column.type());
      column.prefix(out);
      column.data(out);
      // One column at a time: a copy of the whole block would double what a sink holds.
      out.writeTo(stream);
      out.clear();
    }
  }

  private void isWhole(Column column) {
    if (column.rows() != rows()) {
      throw new IllegalStateException(
          "column %s has %d rows instead of %d".formatted(column.name(), column.rows(), rows()));
    }
  }
}
