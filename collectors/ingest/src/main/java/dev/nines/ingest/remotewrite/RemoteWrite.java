// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import dev.nines.telemetry.Slice;
import dev.nines.telemetry.WireReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** A decompressed request of remote write as OTLP metrics; a pure function of its bytes. */
public final class RemoteWrite {

  private static final int SYMBOLS = 4 << 3 | 2;
  private static final int SERIES_V1 = 1 << 3 | 2;
  private static final int SERIES_V2 = 5 << 3 | 2;

  private final WireReader wire = new WireReader();
  private final Slice slice = new Slice();
  private final Rejections rejections = new Rejections();
  private int samples;
  private int histograms;
  private int exemplars;

  private RemoteWrite() {}

  /**
   * What became of a request.
   *
   * @param otlp an {@code ExportMetricsServiceRequest} of what is sound
   * @param samples that are in it, and so on
   * @param rejected what is not in it, and by which rules; empty when all is
   */
  public record Translation(
      byte[] otlp, int samples, int histograms, int exemplars, String rejected) {}

  /**
   * @param room asked for the bytes that the translation has grown to; throws when there is none
   * @throws dev.nines.telemetry.MalformedOtlp when the bytes are no request of the version
   */
  public static Translation translate(Version version, byte[] body, IntConsumer room) {
    return new RemoteWrite().translation(version, body, room);
  }

  private Translation translation(Version version, byte[] body, IntConsumer room) {
    List<String> symbols = version == Version.V2 ? symbols(body) : List.of();
    OtlpMetrics metrics = new OtlpMetrics(room);
    if (version == Version.V2 && (symbols.isEmpty() || !symbols.getFirst().isEmpty())) {
      rejections.add("the first symbol is not the empty text", 1);
    } else {
      SeriesReader reader = new SeriesReader(wire, version, symbols, rejections);
      each(body, version == Version.V1 ? SERIES_V1 : SERIES_V2, () -> add(reader, metrics));
    }
    return new Translation(
        metrics.write(),
        samples,
        histograms,
        exemplars,
        rejections.items() == 0 ? "" : rejections.toString());
  }

  private void add(SeriesReader reader, OtlpMetrics metrics) {
    try {
      TimeSeries series = reader.read();
      metrics.add(series);
      samples += series.samples().size();
      histograms += series.histograms().size();
      exemplars += series.exemplars().size();
    } catch (Invalid e) {
      rejections.add(e.rule(), 1);
    }
  }

  /** They may come behind the series that refer to them. */
  private List<String> symbols(byte[] body) {
    List<String> symbols = new ArrayList<>();
    each(
        body,
        SYMBOLS,
        () -> {
          wire.slice(slice, "symbols");
          symbols.add(SeriesReader.utf8(slice));
        });
    return symbols;
  }

  private void each(byte[] body, int wanted, Runnable read) {
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
