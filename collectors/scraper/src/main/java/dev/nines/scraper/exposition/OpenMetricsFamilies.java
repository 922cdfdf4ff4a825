// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.exposition;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Those of OpenMetrics: one after the other, metadata first, and no two with a sample's name. */
final class OpenMetricsFamilies extends Families {

  private final Set<String> sampleNames = new HashSet<>();
  private @Nullable FamilyBuilder current;

  @Override
  protected FamilyBuilder described(String name, Cursor cursor) {
    FamilyBuilder open = current;
    if (open == null || !open.name().equals(name)) {
      return begin(name, cursor.line());
    }
    if (open.hasSamples()) {
      throw cursor.wrong("metadata-late", "metadata of " + name + " stand behind its samples");
    }
    return open;
  }

  @Override
  void sample(Sample sample) {
    FamilyBuilder open = current;
    if (open == null || !open.takes(sample.name())) {
      if (open != null && open.name().equals(sample.name())) {
        throw new Malformed(
            sample.line(), "suffix", sample.name() + " is no name of a sample of its type");
      }
      open = begin(sample.name(), sample.line());
    }
    open.add(sample);
  }

  private FamilyBuilder begin(String name, int line) {
    close();
    if (byName.containsKey(name)) {
      throw new Malformed(line, "interleaved", name + " was there before, with others between");
    }
    FamilyBuilder begun = new FamilyBuilder(name, Syntax.OPEN_METRICS);
    begun.line(line);
    byName.put(name, begun);
    current = begun;
    return begun;
  }

  private void close() {
    FamilyBuilder open = current;
    if (open == null) {
      return;
    }
    for (String suffix : open.type().suffixes()) {
      if (!sampleNames.add(open.name() + suffix)) {
        throw new Malformed(
            open.line(), "clash", open.name() + suffix + " is a sample of another family, too");
      }
    }
  }

  @Override
  List<Family> finish() {
    close();
    return super.finish();
  }
}
