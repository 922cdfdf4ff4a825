// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.exposition;

import org.jspecify.annotations.Nullable;

/**
 * Those of the text format. A sample of a name without TYPE is of unknown type. Samples of a family
 * may stand apart, as Prometheus takes them: exporters that sort their lines write so.
 */
final class TextFamilies extends Families {

  @Override
  protected FamilyBuilder described(String name, Cursor cursor) {
    return byName.computeIfAbsent(name, key -> new FamilyBuilder(key, Syntax.TEXT));
  }

  @Override
  void sample(Sample sample) {
    String name = sample.name();
    @Nullable FamilyBuilder whole = part(name);
    if (whole == null) {
      whole = byName.computeIfAbsent(name, key -> new FamilyBuilder(key, Syntax.TEXT));
      if (whole.type() == FamilyType.HISTOGRAM) {
        throw new Malformed(
            sample.line(), "suffix", name + " is a histogram; its samples end with _bucket and so");
      }
    }
    whole.add(sample);
  }

  /** The histogram or summary that a name is a part of, unless it is declared itself. */
  private @Nullable FamilyBuilder part(String name) {
    if (byName.containsKey(name)) {
      return null;
    }
    int suffix = name.lastIndexOf('_');
    FamilyBuilder family = suffix < 0 ? null : byName.get(name.substring(0, suffix));
    if (family == null) {
      return null;
    }
    boolean part =
        switch (name.substring(suffix)) {
          case "_bucket" -> family.type() == FamilyType.HISTOGRAM;
          case "_count", "_sum" ->
              family.type() == FamilyType.HISTOGRAM || family.type() == FamilyType.SUMMARY;
          default -> false;
        };
    return part ? family : null;
  }
}
