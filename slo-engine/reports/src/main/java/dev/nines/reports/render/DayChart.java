// SPDX-License-Identifier: Apache-2.0
package dev.nines.reports.render;

import dev.nines.objectives.sla.Report.Day;
import dev.nines.objectives.sla.Report.MinuteCounts;
import java.util.List;

/**
 * One bar a day, its minutes stacked by what they were. Down minutes are at least a visible line.
 */
final class DayChart {

  private static final int HEIGHT_PX = 54;
  private static final int VISIBLE_PX = 3;

  private DayChart() {}

  static void write(Markup page, List<Day> days) {
    page.element(
        "table",
        "class=\"days\"",
        table -> {
          table.element("tr", "", row -> days.forEach(day -> downs(row, day)));
          table.element("tr", "", row -> days.forEach(day -> bar(row, day)));
          table.element(
              "tr",
              "",
              row ->
                  days.forEach(
                      day ->
                          row.element(
                              "td",
                              "class=\"number\"",
                              String.valueOf(day.date().getDayOfMonth()))));
        });
    page.element(
        "p",
        "class=\"legend\"",
        legend -> {
          key(legend, "c-up key-first", "up");
          key(legend, "c-down", "down (minutes above the bar)");
          key(legend, "c-excluded", "excluded");
          key(legend, "c-idle", "no requests");
          key(legend, "c-unmeasured", "not measured");
        });
  }

  private static void key(Markup legend, String type, String text) {
    legend.element("span", "class=\"key " + type + "\"", "").text(text);
  }

  private static void downs(Markup row, Day day) {
    int down = day.minutes().down();
    row.element("td", "class=\"down\"", down == 0 ? "" : String.valueOf(down));
  }

  private static void bar(Markup row, Day day) {
    MinuteCounts minutes = day.minutes();
    int down = visible(minutes.down(), minutes);
    int excluded = visible(minutes.excluded(), minutes);
    int unmeasured = visible(minutes.unmeasured(), minutes);
    int idle = visible(minutes.idle(), minutes);
    int rest = HEIGHT_PX - down - excluded - unmeasured - idle;
    int up = minutes.up() == 0 ? 0 : Math.max(0, rest);
    int scale = down + excluded + unmeasured + idle + up;
    row.element(
        "td",
        "",
        cell ->
            cell.element(
                "div",
                "class=\"bar\"",
                bar -> {
                  part(bar, "c-down", down, scale);
                  part(bar, "c-excluded", excluded, scale);
                  part(bar, "c-unmeasured", unmeasured, scale);
                  part(bar, "c-idle", idle, scale);
                  part(bar, "c-up", up, scale);
                }));
  }

  /** Heights that do not sum to the whole because of visible lines are scaled to it. */
  private static void part(Markup bar, String type, int pixels, int sum) {
    if (pixels > 0) {
      int height = Math.max(1, Math.round(pixels * HEIGHT_PX / (float) sum));
      bar.element("div", "class=\"" + type + "\" style=\"height:" + height + "px\"", "");
    }
  }

  private static int visible(int count, MinuteCounts minutes) {
    return count == 0 ? 0 : Math.max(VISIBLE_PX, pixels(count, minutes));
  }

  private static int pixels(int count, MinuteCounts minutes) {
    return Math.toIntExact((long) count * HEIGHT_PX / Math.max(1, minutes.all()));
  }
}
