// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import dev.nines.telemetry.WireReader;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * A decompressed request of remote write as OTLP metrics; a pure function of its bytes. Texts are
 * never copied but into the OTLP form, and no object is made of a series or point that is sound, so
 * that what a request takes is what it is told to the room, whatever is in it.
 */
public final class RemoteWrite {

  private static final int SYMBOLS = 4 << 3 | 2;
  private static final int SERIES_V1 = 1 << 3 | 2;
  private static final int SERIES_V2 = 5 << 3 | 2;

  private final WireReader wire = new WireReader();
  private final Rejections rejections = new Rejections();
  private final Version version;
  private final byte[] body;
  private final LongConsumer room;

  private RemoteWrite(Version version, byte[] body, LongConsumer room) {
    this.version = version;
    this.body = body;
    this.room = room;
  }

  /**
   * What became of a request.
   *
   * @param otlp an {@code ExportMetricsServiceRequest} of what is sound
   * @param samples that are in it, and so on
   * @param rejected items that are not in it, by a bounded word
   * @param rules that those break, for the sender; empty when nothing is rejected
   */
  public record Translation(
      byte[] otlp,
      int samples,
      int histograms,
      int exemplars,
      Map<String, Integer> rejected,
      String rules) {}

  /**
   * @param room told the bytes that the translation holds, from one point to the next; throws when
   *     there is none
   * @throws dev.nines.telemetry.MalformedOtlp when the bytes are no request of the version
   */
  public static Translation translate(Version version, byte[] body, LongConsumer room) {
    return new RemoteWrite(version, body, room).translation();
  }

  private Translation translation() {
    Symbols symbols = new Symbols(room);
    if (version == Version.V2) { // they may come behind the series that refer to them
      TextReader texts = new TextReader();
      each(SYMBOLS, () -> symbols.add(texts.read(wire, "symbols")));
    }
    OtlpMetrics metrics = new OtlpMetrics(body, bytes -> room.accept(symbols.bytes() + bytes));
    SeriesReader reader = new SeriesReader(wire, body, version, symbols, metrics, rejections);
    each(version == Version.V1 ? SERIES_V1 : SERIES_V2, reader::read);
    return new Translation(
        metrics.toBytes(),
        reader.samples(),
        reader.histograms(),
        reader.exemplars(),
        rejections.byReason(),
        rejections.toString());
  }

  private void each(int wanted, Runnable read) {
    wire.reset(body, 0, body.length);
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == wanted) {
        read.run();
      } else {
        wire.skip(tag);
      }
    }
  }
}
