// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.block;

/** Values of one width: integers, floats, enums, dates, decimals, {@code FixedString}. */
public final class FixedColumn extends Column {

  private final int width;
  private final Bytes values;

  private FixedColumn(String name, String type, int width) {
    super(name, type);
    this.width = width;
    this.values = new Bytes(width * 1024);
  }

  public static FixedColumn uint8(String name) {
    return new FixedColumn(name, "UInt8", 1);
  }

  public static FixedColumn uint16(String name) {
    return new FixedColumn(name, "UInt16", 2);
  }

  public static FixedColumn uint32(String name) {
    return new FixedColumn(name, "UInt32", 4);
  }

  public static FixedColumn uint64(String name) {
    return new FixedColumn(name, "UInt64", 8);
  }

  public static FixedColumn int32(String name) {
    return new FixedColumn(name, "Int32", 4);
  }

  public static FixedColumn int64(String name) {
    return new FixedColumn(name, "Int64", 8);
  }

  public static FixedColumn float64(String name) {
    return new FixedColumn(name, "Float64", 8);
  }

  /** {@code Bool}: put 0 or 1. */
  public static FixedColumn bool(String name) {
    return new FixedColumn(name, "Bool", 1);
  }

  /** An enum by its number; {@code type} is {@code Int8} or the whole {@code Enum8(...)}. */
  public static FixedColumn enum8(String name, String type) {
    return new FixedColumn(name, type, 1);
  }

  /** {@code DateTime64(scale, 'UTC')}: put ticks of 10^-scale seconds since 1970. */
  public static FixedColumn dateTime64(String name, int scale) {
    return new FixedColumn(name, "DateTime64(" + scale + ", 'UTC')", 8);
  }

  /** {@code DateTime('UTC')}: put seconds since 1970. */
  public static FixedColumn dateTime(String name) {
    return new FixedColumn(name, "DateTime('UTC')", 4);
  }

  /** {@code Date}: put days since 1970. */
  public static FixedColumn date(String name) {
    return new FixedColumn(name, "Date", 2);
  }

  /** {@code Decimal(18, scale)}: put the unscaled value. */
  public static FixedColumn decimal64(String name, int scale) {
    return new FixedColumn(name, "Decimal(18, " + scale + ")", 8);
  }

  public static FixedColumn fixedString(String name, int length) {
    return new FixedColumn(name, "FixedString(" + length + ")", length);
  }

  /** The low bytes of {@code value}, as many as the column is wide. */
  public void put(long value) {
    switch (width) {
      case 1 -> values.putByte((int) value);
      case 2 -> values.putShort((int) value);
      case 4 -> values.putInt((int) value);
      case 8 -> values.putLong(value);
      default -> throw new IllegalStateException(name() + " holds " + type() + ", not numbers");
    }
  }

  public void put(double value) {
    values.putLong(Double.doubleToRawLongBits(value));
  }

  /** Bytes, filled up with zeros; a longer text is a broken invariant. */
  public void put(byte[] source, int offset, int length) {
    if (length > width) {
      throw new IllegalArgumentException("%d bytes for %s %s".formatted(length, name(), type()));
    }
    values.put(source, offset, length);
    values.putZeros(width - length);
  }

  @Override
  public int rows() {
    return values.size() / width;
  }

  @Override
  void clear() {
    values.clear();
  }

  @Override
  void data(Bytes out) {
    out.put(values);
  }
}
