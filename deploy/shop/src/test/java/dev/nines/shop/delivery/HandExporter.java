// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.delivery;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** An exporter whose answers the test gives by hand. */
final class HandExporter implements SpanExporter {

  final List<List<SpanData>> exports = new ArrayList<>();
  final List<CompletableResultCode> answers = new ArrayList<>();

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    exports.add(List.copyOf(spans));
    CompletableResultCode answer = new CompletableResultCode();
    answers.add(answer);
    return answer;
  }

  void acknowledge() {
    answers.getLast().succeed();
  }

  @Override
  public CompletableResultCode flush() {
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode shutdown() {
    return CompletableResultCode.ofSuccess();
  }
}
