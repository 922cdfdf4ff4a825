// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Vanished traffic by brute force, as decision 20 words it: every number is summed again from all
 * that was ever counted, every minute is asked whether it was measured. Shares nothing with the
 * engine. All times are epoch seconds.
 */
final class VanishedOracle {

  private static final long WEEK = 7 * 86_400;
  private static final long NEVER = Long.MAX_VALUE;

  private final long effectiveFrom;
  private final Map<String, Region> regions = new TreeMap<>();
  private final Map<String, Alert> open = new TreeMap<>();
  private final Map<String, List<long[]>> told = new HashMap<>();
  private final Map<String, Long> judged = new HashMap<>();
  private final List<String> said = new ArrayList<>();

  VanishedOracle(long effectiveFrom) {
    this.effectiveFrom = effectiveFrom;
  }

  private static final class Region {
    final TreeMap<Long, Long> events = new TreeMap<>();
    final TreeMap<Long, Long> expected = new TreeMap<>();
    final TreeMap<Long, Long> inFive = new TreeMap<>();
    final List<long[]> gaps = new ArrayList<>();
    long progress;
    long completeTo;

    long sum(long from, long to) {
      return events.subMap(from, to).values().stream().mapToLong(n -> n).sum();
    }

    TreeMap<Long, Long> missing() {
      TreeMap<Long, Long> missing = new TreeMap<>();
      expected.forEach(
          (minute, n) -> missing.put(minute, Math.max(0, n - sum(minute, minute + 60))));
      return missing;
    }
  }

  private static final class Alert {
    long since;
    long counted;
    long expected;
    String state = "FIRING";
  }

  /** What one region has in five minutes, and what is expected of it; -1 is not known. */
  private record Five(long counted, long measured, long week, long hour) {
    long expected() {
      return week >= 0 ? week : Math.max(0, hour);
    }
  }

  void count(String name, long slice, long events) {
    region(name).events.merge(slice, events, Long::sum);
  }

  void progress(String name, long at, long now) {
    Region region = region(name);
    long before = region.completeTo / 60;
    if (region.progress > 0 && at - region.progress > 10) {
      region.gaps.add(new long[] {region.progress, at});
    }
    region.progress = Math.max(region.progress, at);
    region.completeTo = at - 30;
    long minute = region.completeTo / 60;
    if (minute > before && !region.events.isEmpty()) {
      long to = minute * 60;
      judge(name, List.of(name), to, now);
      boolean others =
          counted().stream()
              .map(this::region)
              .allMatch(r -> r.progress == 0 || r.completeTo >= to || to - r.completeTo > 300);
      if (others) {
        judge("global", counted(), to, now);
      }
    }
  }

  /** The wall clock passes ten seconds: what was silent for five minutes is not known. */
  void tick(long now) {
    for (Map.Entry<String, Alert> entry : open.entrySet()) {
      List<String> members = entry.getKey().equals("global") ? counted() : List.of(entry.getKey());
      if (members.stream()
          .map(this::region)
          .anyMatch(r -> r.progress > 0 && now - r.progress >= 300)) {
        state(entry.getKey(), entry.getValue(), "FROZEN", now);
      }
    }
  }

  List<String> said() {
    List<String> result = List.copyOf(said);
    said.clear();
    return result;
  }

  /** Of the minutes from an instant on: what was expected, when first asked, and has not come. */
  long missing(String scope, long from) {
    return regions.entrySet().stream()
        .filter(entry -> scope.equals("global") || scope.equals(entry.getKey()))
        .flatMap(entry -> entry.getValue().missing().tailMap(from).values().stream())
        .mapToLong(n -> n)
        .sum();
  }

  Map<Long, Long> missing(String region) {
    return region(region).missing();
  }

  private void judge(String scope, List<String> members, long to, long now) {
    if (to <= judged.getOrDefault(scope, 0L)) {
      return;
    }
    judged.put(scope, to);
    List<Five> fives = members.stream().map(member -> five(member, to)).toList();
    boolean allByWeek = fives.stream().allMatch(five -> five.week >= 0);
    Alert alert = open.get(scope);
    long counted = fives.stream().mapToLong(Five::counted).sum();
    long expected =
        alert != null && !allByWeek
            ? alert.expected
            : fives.stream().mapToLong(Five::expected).sum();
    long away = fives.stream().filter(f -> f.measured < 300).mapToLong(Five::expected).sum();
    if (alert != null) {
      note(scope, members, fives, expected, alert.since, to);
      settle(scope, members, alert, fives, counted > 0 && counted * 2 >= expected, to, now);
    } else if (expected - away >= 100
        && (counted + away) * 5 < expected
        && !everyDay(members, fives, to)) {
      Alert opened = new Alert();
      opened.since = to - 300;
      opened.counted = counted;
      opened.expected = expected;
      open.put(scope, opened);
      note(scope, members, fives, expected, opened.since, to);
      told.computeIfAbsent(scope, s -> new ArrayList<>()).add(new long[] {to - 300, NEVER});
      say(scope, opened, to);
    }
  }

  /**
   * Books what is expected in each minute that is judged for the first time: under an alert of its
   * own all since it began, under that of all the five minutes in which the region has under half.
   */
  private void note(
      String scope, List<String> members, List<Five> fives, long expected, long since, long to) {
    for (int i = 0; i < members.size(); i++) {
      Region region = region(members.get(i));
      Five five = fives.get(i);
      boolean own = !scope.equals("global");
      long inFive = own ? expected : expectedUnderAll(region, five, since);
      boolean serves = five.counted > 0 && five.counted * 2 >= inFive;
      if (five.measured == 0 || inFive < 0 || (!own && serves)) {
        continue;
      }
      for (long minute = own ? since : Math.max(since, to - 300); minute < to; minute += 60) {
        if (!region.expected.containsKey(minute) && measured(region, minute, minute + 60) == 60) {
          region.inFive.putIfAbsent(minute, inFive);
          region.expected.put(minute, share(minute, inFive));
        }
      }
    }
  }

  private static long expectedUnderAll(Region region, Five five, long since) {
    if (five.week >= 0 || five.hour >= 0) {
      return five.expected();
    }
    return region.inFive.tailMap(since).values().stream().findFirst().orElse(-1L);
  }

  /** The n-th of five minutes has what the first n have, less what the first n - 1 have. */
  private static long share(long minute, long inFive) {
    long n = minute / 60 % 5 + 1;
    return inFive * n / 5 - inFive * (n - 1) / 5;
  }

  private void settle(
      String scope,
      List<String> members,
      Alert alert,
      List<Five> fives,
      boolean back,
      long to,
      long now) {
    if (back) {
      open.remove(scope);
      told.get(scope).getLast()[1] = to;
      alert.state = "RESOLVED";
      say(scope, alert, to);
    } else if (fives.stream().anyMatch(five -> five.measured == 0)) {
      state(scope, alert, "FROZEN", to);
    } else if (fives.stream().allMatch(five -> five.measured == 300)
        && members.stream().map(this::region).noneMatch(r -> now - r.progress > 10)) {
      state(scope, alert, "FIRING", to);
    }
  }

  private void state(String scope, Alert alert, String state, long at) {
    if (!alert.state.equals(state)) {
      alert.state = state;
      say(scope, alert, at);
    }
  }

  private void say(String scope, Alert alert, long at) {
    said.add(
        "%s %s at %d since %d: %d of %d"
            .formatted(scope, alert.state, at, alert.since, alert.counted, alert.expected));
  }

  private Five five(String name, long to) {
    Region region = region(name);
    return new Five(
        region.sum(to - 300, to),
        region.progress == 0 || region.completeTo < to ? 0 : measured(region, to - 300, to),
        week(name, region, to),
        hour(name, region, to - 300));
  }

  private long week(String name, Region region, long to) {
    long first = (to - 300 - WEEK) / 3_600 - 1;
    long last = (to - 1 - WEEK) / 3_600 + 1;
    if (first * 3_600 < begin(region)
        || told(name, first * 3_600, last * 3_600 + 3_600)
        || measured(region, first * 3_600, last * 3_600 + 3_600) < (last - first + 1) * 3_600) {
      return -1;
    }
    long least = Long.MAX_VALUE;
    for (long hour = first; hour <= last; hour++) {
      least = Math.min(least, region.sum(hour * 3_600, hour * 3_600 + 3_600));
    }
    return least / 12;
  }

  private long hour(String name, Region region, long end) {
    List<Long> minutes = new ArrayList<>();
    for (long minute = end - 60; minute >= Math.max(end - 21_600, begin(region)); minute -= 60) {
      if (measured(region, minute, minute + 60) == 60 && !told(name, minute, minute + 1)) {
        minutes.add(region.sum(minute, minute + 60));
      }
    }
    while (minutes.size() >= 5 && firstFive(minutes) * 5 < mean(minutes)) {
      minutes = minutes.subList(5, minutes.size());
    }
    if (minutes.size() < 30) {
      return -1;
    }
    minutes = minutes.subList(0, Math.min(60, minutes.size()));
    for (int i = 0; i + 5 <= minutes.size(); i += 5) {
      if (firstFive(minutes.subList(i, i + 5)) * 5 < mean(minutes)) {
        return -1;
      }
    }
    return mean(minutes);
  }

  private static long firstFive(List<Long> minutes) {
    return minutes.stream().limit(5).mapToLong(n -> n).sum();
  }

  private static long mean(List<Long> minutes) {
    return minutes.stream().limit(60).mapToLong(n -> n).sum() * 5 / Math.min(60, minutes.size());
  }

  private boolean told(String name, long from, long to) {
    return List.of(name, "global").stream()
        .flatMap(scope -> told.getOrDefault(scope, List.of()).stream())
        .anyMatch(stretch -> from < stretch[1] && stretch[0] < to);
  }

  private boolean everyDay(List<String> members, List<Five> fives, long to) {
    for (int i = 0; i < members.size(); i++) {
      Five five = fives.get(i);
      if (five.expected() > 0 && (five.week < 0 || !dayByDay(region(members.get(i)), five, to))) {
        return false;
      }
    }
    return true;
  }

  private boolean dayByDay(Region region, Five five, long to) {
    int lulls = 0;
    for (int day = 1; day <= 3; day++) {
      long first = (to - 300 - day * 86_400L) / 300;
      long last = (to - 1 - day * 86_400L) / 300;
      if (measured(region, first * 300, last * 300 + 300) == (last - first + 1) * 300) {
        long least = Long.MAX_VALUE;
        for (long cell = first; cell <= last; cell++) {
          least = Math.min(least, region.sum(cell * 300, cell * 300 + 300));
        }
        if (least * 5 >= five.expected()) {
          return false;
        }
        lulls++;
      }
    }
    return lulls > 0;
  }

  private long measured(Region region, long from, long to) {
    long start = Math.max(from, effectiveFrom);
    long missing = 0;
    for (long[] gap : region.gaps) {
      missing += Math.max(0, Math.min(gap[1], to) - Math.max(gap[0], start));
    }
    if (region.progress > 0 && to - region.progress > 10) {
      missing += to - Math.max(region.progress, start);
    }
    return Math.max(0, to - start - missing);
  }

  private long begin(Region region) {
    long firstEvent = region.events.isEmpty() ? 0 : region.events.firstKey();
    return Math.max((effectiveFrom + 59) / 60 * 60, firstEvent / 60 * 60 + 60);
  }

  private List<String> counted() {
    return regions.keySet().stream().filter(name -> !region(name).events.isEmpty()).toList();
  }

  private Region region(String name) {
    return regions.computeIfAbsent(name, n -> new Region());
  }
}
