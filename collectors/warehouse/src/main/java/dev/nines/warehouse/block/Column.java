// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.block;

/**
 * One column of a Native block: a state prefix, written once, then the data of all rows. Buffers
 * are kept from batch to batch.
 */
public abstract sealed class Column
    permits FixedColumn, NullableColumn, StringColumn, MapColumn, ArrayColumn {

  private final String name;
  private final String type;

  Column(String name, String type) {
    this.name = name;
    this.type = type;
  }

  public final String name() {
    return name;
  }

  /** As ClickHouse writes it, for example {@code LowCardinality(String)}. */
  public final String type() {
    return type;
  }

  public abstract int rows();

  abstract void clear();

  /** What stands before the data, also before the offsets of an enclosing array. */
  void prefix(Bytes out) {}

  abstract void data(Bytes out);
}
