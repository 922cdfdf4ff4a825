// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.ledger;

import dev.nines.objectives.sla.Exclusion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Time that a budget leaves out, by region. Its stretches are whole minutes, epoch seconds. */
public final class ExcludedTime {

  /** A stretch of every region. */
  public static final String EVERYWHERE = "";

  private final List<Stretch> stretches;

  /**
   * @param region {@link #EVERYWHERE} for all
   * @param to exclusive
   */
  public record Stretch(String region, long from, long to) {}

  private ExcludedTime(List<Stretch> stretches) {
    this.stretches = stretches;
  }

  /**
   * @param approved that touch the SLO
   */
  public static ExcludedTime of(List<Exclusion> approved) {
    return new ExcludedTime(approved.stream().flatMap(ExcludedTime::stretches).toList());
  }

  /** As declared: they may overlap. */
  public List<Stretch> stretches() {
    return stretches;
  }

  /**
   * Seconds of [from, to) in which all of some regions are left out.
   *
   * @param regions none: what is left out of all
   */
  public long seconds(Collection<String> regions, long from, long to) {
    return common(regions, from, to).stream().mapToLong(each -> each.to() - each.from()).sum();
  }

  /**
   * Slices of [from, to) that are left out wholly, in all of some regions; a slice begins at a
   * multiple of its length.
   */
  public long wholeSlices(Collection<String> regions, long from, long to, long sliceSeconds) {
    return common(regions, from, to).stream()
        .mapToLong(
            each ->
                Math.floorDiv(each.to(), sliceSeconds) - Math.ceilDiv(each.from(), sliceSeconds))
        .filter(slices -> slices > 0)
        .sum();
  }

  private List<Stretch> common(Collection<String> regions, long from, long to) {
    List<Stretch> common = List.of(new Stretch(EVERYWHERE, from, to));
    for (String region : regions.isEmpty() ? List.of(EVERYWHERE) : regions) {
      common = both(common, of(region));
    }
    return common;
  }

  /** Of one region, joined, oldest first. */
  private List<Stretch> of(String region) {
    List<Stretch> joined = new ArrayList<>();
    stretches.stream()
        .filter(each -> each.region().equals(EVERYWHERE) || each.region().equals(region))
        .sorted(Comparator.comparingLong(Stretch::from))
        .forEach(
            next -> {
              Stretch last = joined.isEmpty() ? null : joined.getLast();
              if (last == null || last.to() < next.from()) {
                joined.add(next);
              } else if (last.to() < next.to()) {
                joined.set(joined.size() - 1, new Stretch(region, last.from(), next.to()));
              }
            });
    return joined;
  }

  private static List<Stretch> both(List<Stretch> these, List<Stretch> those) {
    List<Stretch> both = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < these.size() && j < those.size()) {
      long from = Math.max(these.get(i).from(), those.get(j).from());
      long to = Math.min(these.get(i).to(), those.get(j).to());
      if (from < to) {
        both.add(new Stretch(EVERYWHERE, from, to));
      }
      if (these.get(i).to() < those.get(j).to()) {
        i++;
      } else {
        j++;
      }
    }
    return both;
  }

  private static Stream<Stretch> stretches(Exclusion exclusion) {
    List<String> regions =
        exclusion.regions().isEmpty() ? List.of(EVERYWHERE) : exclusion.regions();
    return regions.stream()
        .map(
            region ->
                new Stretch(
                    region, exclusion.from().getEpochSecond(), exclusion.to().getEpochSecond()));
  }
}
