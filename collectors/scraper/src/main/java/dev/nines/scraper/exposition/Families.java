// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.exposition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The families of a body; each format has its own rule of what belongs to which. */
abstract sealed class Families permits TextFamilies, OpenMetricsFamilies {

  protected final Map<String, FamilyBuilder> byName = new LinkedHashMap<>();

  /** The family that a line of metadata is about. */
  protected abstract FamilyBuilder described(String name, Cursor cursor);

  abstract void sample(Sample sample);

  void type(String name, FamilyType type, Cursor cursor) {
    FamilyBuilder family = described(name, cursor);
    if (family.isTyped()) {
      throw cursor.wrong("type-twice", name + " has a TYPE before");
    }
    if (family.hasSamples()) {
      throw cursor.wrong("type-late", "the TYPE of " + name + " stands behind its samples");
    }
    family.type(type);
  }

  void help(String name, String text, Cursor cursor) {
    if (!described(name, cursor).help(text)) {
      throw cursor.wrong("help-twice", name + " has a HELP before");
    }
  }

  void unit(String name, String unit, Cursor cursor) {
    if (!unit.isEmpty() && !name.endsWith("_" + unit)) {
      throw cursor.wrong("unit", name + " does not end with its unit _" + unit);
    }
    if (!described(name, cursor).unit(unit)) {
      throw cursor.wrong("unit-twice", name + " has a UNIT before");
    }
  }

  List<Family> finish() {
    List<Family> families = new ArrayList<>();
    for (FamilyBuilder family : byName.values()) {
      if (family.hasSamples()) {
        families.add(family.build());
      }
    }
    return families;
  }
}
