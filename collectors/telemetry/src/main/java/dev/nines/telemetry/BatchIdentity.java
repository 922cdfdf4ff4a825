// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * 128 bits that name a batch: a hash of tenant, signal and decompressed body, taken before
 * redaction. A client's retry has the identity of its original.
 */
public record BatchIdentity(long high, long low) {

  public static final int BYTES = 16;

  public static BatchIdentity of(String tenant, String signal, byte[] body) {
    HashStream128 stream = Hashing.xxh3_128().hashStream();
    HashValue128 hash = stream.putString(tenant).putString(signal).putByteArray(body).get();
    return new BatchIdentity(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
  }

  /** Reads a Kafka key. */
  public static BatchIdentity of(byte[] key) {
    if (key.length != BYTES) {
      throw new IllegalArgumentException("identity of " + key.length + " bytes instead of 16");
    }
    ByteBuffer buffer = ByteBuffer.wrap(key);
    return new BatchIdentity(buffer.getLong(), buffer.getLong());
  }

  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes());
  }
}
