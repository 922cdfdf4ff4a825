// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.truth;

import java.util.List;
import java.util.Map;

/**
 * What the shop says it did.
 *
 * @param spans every span handed to an exporter, by key
 * @param batches every export, by id
 * @param dropped spans that the shop's own queue refused: they were never sent
 * @param resent batches sent once more although they had been acknowledged
 */
public record ShopLog(
    Map<String, SentSpan> spans, Map<String, Batch> batches, long dropped, long resent) {

  public boolean acknowledged(SentSpan span) {
    Batch batch = batches.get(span.batch());
    return batch != null && batch.acknowledged() != null;
  }

  public long acknowledgedSpans() {
    return spans.values().stream().filter(this::acknowledged).count();
  }

  public List<String> regions() {
    return spans.values().stream().map(SentSpan::region).distinct().sorted().toList();
  }
}
