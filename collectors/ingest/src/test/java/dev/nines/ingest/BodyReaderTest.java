// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

class BodyReaderTest {

  private static final int LIMIT = 100_000;

  private final InFlightBytes inFlight =
      new InFlightBytes(1L << 20, new IngestMetrics(new CollectorRegistry(), IngestWatch.NONE));
  private final BodyReader reader = new BodyReader(LIMIT, inFlight);

  @Test
  void readsBodiesOfAllSizesAndLetsGo() throws IOException {
    for (int size : new int[] {0, 1, 16_383, 16_384, 16_385, 65_536, LIMIT - 1, LIMIT}) {
      byte[] body = noise(size);
      for (long hint : new long[] {-1, 0, size, LIMIT}) {
        checkWhole(reader.read(slow(body), hint), body);
      }
      checkWhole(reader.readGzip(slow(Bodies.gzip(body))), body);
      checkWhole(reader.readDeflate(slow(Bodies.deflate(body))), body);
      byte[] snapped = Snappy.compress(body);
      if (snapped.length <= LIMIT) {
        checkWhole(reader.readSnappy(slow(snapped), -1), body);
      }
    }
    checkWhole(reader.readSnappy(slow(Snappy.compress(new byte[LIMIT])), -1), new byte[LIMIT]);
    assertThat(inFlight.held()).isZero();
  }

  @Test
  void refusesOneByteOverTheLimit() throws IOException {
    byte[] body = noise(LIMIT + 1);
    checkBroken(reader.read(slow(body), -1), Fault.TOO_LARGE);
    checkBroken(reader.read(slow(body), LIMIT + 1), Fault.TOO_LARGE);
    checkBroken(reader.readGzip(slow(Bodies.gzip(body))), Fault.TOO_LARGE);
    checkBroken(reader.readGzip(slow(Bodies.gzip(new byte[LIMIT + 1]))), Fault.TOO_LARGE);
    checkBroken(reader.readGzip(slow(Bodies.gzip(new byte[1 << 28]))), Fault.TOO_LARGE);
    checkBroken(reader.readDeflate(slow(Bodies.deflate(new byte[1 << 28]))), Fault.TOO_LARGE);
    checkBroken(reader.readSnappy(slow(Snappy.compress(body)), -1), Fault.TOO_LARGE);
  }

  @Test
  void refusesBrokenCompression() throws IOException {
    byte[] zipped = Bodies.gzip(noise(50_000));
    checkBroken(reader.readGzip(slow(new byte[] {1, 2, 3, 4})), Fault.MALFORMED);
    checkBroken(reader.readGzip(slow(new byte[0])), Fault.MALFORMED);
    checkBroken(reader.readGzip(slow(Arrays.copyOf(zipped, 20_000))), Fault.MALFORMED);
    byte[] deflated = Bodies.deflate(noise(50_000));
    checkBroken(reader.readDeflate(slow(new byte[] {1, 2, 3, 4})), Fault.MALFORMED);
    checkBroken(reader.readDeflate(slow(Arrays.copyOf(deflated, 20_000))), Fault.MALFORMED);
    byte[] withDictionary = {0x78, (byte) 0xbb, 1, 2, 3, 4, 3, 0, 0, 0, 0, 1};
    checkBroken(reader.readDeflate(slow(withDictionary)), Fault.MALFORMED);
    byte[] snapped = Snappy.compress(noise(50_000));
    checkBroken(reader.readSnappy(slow(new byte[] {1, 2, 3, 4}), -1), Fault.MALFORMED);
    checkBroken(reader.readSnappy(slow(new byte[0]), -1), Fault.MALFORMED);
    checkBroken(reader.readSnappy(slow(Arrays.copyOf(snapped, 20_000)), -1), Fault.MALFORMED);
    assertThat(inFlight.held()).isZero();
  }

  /** No memory is taken for a length that six bytes cannot have. */
  @Test
  void aSnappyBodyThatLiesAboutItsSizeIsRefusedBeforeItIsGivenRoom() throws IOException {
    byte[] liar = {(byte) 0xa0, (byte) 0x8d, 6, 0, 1}; // 100,000
    assertThat(reader.readSnappy(slow(liar), -1))
        .isEqualTo(
            new Received.Broken(
                Fault.MALFORMED, "body is not snappy: it says that it is larger than it can be"));
  }

  @Test
  void refusesWhatWouldExceedTheBytesInFlight() throws IOException {
    InFlightBytes.Reservation other = inFlight.reserve();
    assertThat(other.grow((1L << 20) - 20_000)).isTrue();
    checkBroken(reader.read(slow(noise(50_000)), -1), Fault.OVERLOADED);
    checkBroken(reader.readGzip(slow(Bodies.gzip(noise(50_000)))), Fault.OVERLOADED);
    checkBroken(reader.readSnappy(slow(Snappy.compress(noise(50_000))), -1), Fault.OVERLOADED);
    assertThat(inFlight.held()).isEqualTo((1L << 20) - 20_000);
    other.close();
    assertThat(inFlight.held()).isZero();
  }

  private void checkWhole(Received received, byte[] body) {
    assertThat(received).isInstanceOf(Received.Whole.class);
    if (received instanceof Received.Whole(byte[] bytes, InFlightBytes.Reservation reservation)) {
      assertThat(Arrays.equals(bytes, body)).isTrue();
      assertThat(inFlight.held()).isEqualTo(body.length);
      reservation.close();
      reservation.close();
    }
  }

  private static void checkBroken(Received received, Fault fault) {
    assertThat(received).isInstanceOf(Received.Broken.class);
    if (received instanceof Received.Broken(Fault found, String message)) {
      assertThat(found).isEqualTo(fault);
      assertThat(message).isNotBlank();
    }
  }

  private static byte[] noise(int size) {
    byte[] bytes = new byte[size];
    Random random = new Random(size);
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) random.nextInt(16); // so that gzip makes it smaller
    }
    return bytes;
  }

  /** Gives at most 1,000 bytes at a time, as a network does. */
  private static InputStream slow(byte[] bytes) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        return super.read(buffer, offset, Math.min(length, 1_000));
      }
    };
  }
}
