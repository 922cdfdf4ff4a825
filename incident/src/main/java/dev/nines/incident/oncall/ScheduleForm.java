// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nines.incident.oncall.Restriction.Daily;
import dev.nines.incident.oncall.Restriction.Weekly;
import dev.nines.incident.oncall.Rotation.Unit;
import dev.nines.objectives.request.FieldRules;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A schedule as a client writes and reads it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ScheduleForm(@Nullable String zone, @Nullable List<@Nullable LayerForm> layers) {

  private static final int LAYERS_MAX = 10;
  private static final int RESTRICTIONS_MAX = 10;
  private static final int PARTICIPANTS_MAX = 100;
  private static final int LENGTH_MAX = 366;
  private static final LocalDateTime SOON = LocalDateTime.of(2000, 1, 1, 0, 0);
  private static final LocalDateTime LATE = LocalDateTime.of(2200, 1, 1, 0, 0);
  private static final String TIME_RULE = "is no time of day, such as 09:00";

  /** One layer. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record LayerForm(
      @Nullable String name,
      @Nullable RotationForm rotation,
      @Nullable List<@Nullable RestrictionForm> restrictions) {}

  /**
   * @param start local, such as {@code 2026-03-02T09:00}
   * @param handover absent means the start's time of day
   * @param unit hour, day, week or month
   * @param length absent means 1
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RotationForm(
      @Nullable String start,
      @Nullable String handover,
      @Nullable String unit,
      @Nullable Integer length,
      @Nullable List<@Nullable String> participants) {}

  /**
   * @param days on which a window of the day starts; absent means each
   * @param fromDay with {@code toDay}: a window of the week
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RestrictionForm(
      @Nullable List<@Nullable String> days,
      @Nullable String fromDay,
      @Nullable String from,
      @Nullable String toDay,
      @Nullable String to) {}

  static ScheduleForm of(Schedule schedule) {
    return new ScheduleForm(
        schedule.zone().getId(),
        List.copyOf(schedule.layers().stream().map(ScheduleForm::of).toList()));
  }

  Schedule schedule(FieldRules rules) {
    List<Layer> read = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (LayerForm layer : Names.items(rules, "layers", layers, 1, LAYERS_MAX)) {
      String at = "layers[" + read.size() + "]";
      read.add(layer(rules, at, layer));
      if (!names.add(read.getLast().name())) {
        rules.refuse(at + ".name", "duplicate", read.getLast().name(), "stands here twice");
      }
    }
    return new Schedule(Names.zone(rules, zone), read);
  }

  private static Layer layer(FieldRules rules, String at, LayerForm form) {
    String name = Names.name(rules, at + ".name", form.name());
    List<Restriction> restrictions = new ArrayList<>();
    for (RestrictionForm restriction :
        Names.items(rules, at + ".restrictions", form.restrictions(), 0, RESTRICTIONS_MAX)) {
      String place = at + ".restrictions[" + restrictions.size() + "]";
      restrictions.add(restriction(rules, place, restriction));
    }
    RotationForm rotation = form.rotation();
    if (rotation == null) {
      rules.refuse(at + ".rotation", "required", "", "is required");
      rotation = new RotationForm(null, null, null, null, null);
    }
    return new Layer(name, rotation(rules, at + ".rotation", rotation), restrictions);
  }

  private static Rotation rotation(FieldRules rules, String at, RotationForm form) {
    LocalDateTime start =
        Names.parsed(
            rules,
            at + ".start",
            form.start(),
            LocalDateTime::parse,
            SOON,
            "is no local date and time, such as 2026-03-02T09:00");
    if (start.isBefore(SOON) || start.isAfter(LATE)) {
      rules.refuse(at + ".start", "range", start.toString(), "must be from 2000 to 2199");
      start = SOON;
    }
    LocalTime handover =
        form.handover() == null
            ? start.toLocalTime()
            : time(rules, at + ".handover", form.handover());
    int length =
        form.length() == null
            ? 1
            : Names.number(rules, at + ".length", form.length(), 1, LENGTH_MAX);
    List<String> participants = new ArrayList<>();
    for (String user :
        Names.items(rules, at + ".participants", form.participants(), 1, PARTICIPANTS_MAX)) {
      String place = at + ".participants[" + participants.size() + "]";
      participants.add(Names.name(rules, place, user));
    }
    Unit unit = Names.word(rules, at + ".unit", form.unit(), Unit.class);
    return new Rotation(start, handover, unit, length, participants);
  }

  private static Restriction restriction(FieldRules rules, String at, RestrictionForm form) {
    LocalTime from = time(rules, at + ".from", form.from());
    LocalTime to = time(rules, at + ".to", form.to());
    if (form.fromDay() != null || form.toDay() != null) {
      if (form.days() != null) {
        rules.refuse(at + ".days", "conflict", "", "cannot stand beside fromDay and toDay");
      }
      return new Weekly(
          Names.word(rules, at + ".fromDay", form.fromDay(), DayOfWeek.class),
          from,
          Names.word(rules, at + ".toDay", form.toDay(), DayOfWeek.class),
          to);
    }
    if (form.days() == null) {
      return new Daily(EnumSet.allOf(DayOfWeek.class), from, to);
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String day : Names.items(rules, at + ".days", form.days(), 1, 7)) {
      days.add(Names.word(rules, at + ".days", day, DayOfWeek.class));
    }
    return new Daily(days, from, to);
  }

  private static LocalTime time(FieldRules rules, String field, @Nullable String value) {
    return Names.parsed(rules, field, value, LocalTime::parse, LocalTime.MIDNIGHT, TIME_RULE);
  }

  private static LayerForm of(Layer layer) {
    Rotation rotation = layer.rotation();
    return new LayerForm(
        layer.name(),
        new RotationForm(
            rotation.start().toString(),
            rotation.handover().toString(),
            Names.word(rotation.unit()),
            rotation.length(),
            List.copyOf(rotation.participants())),
        List.copyOf(layer.restrictions().stream().map(ScheduleForm::of).toList()));
  }

  private static RestrictionForm of(Restriction restriction) {
    return switch (restriction) {
      case Daily(Set<DayOfWeek> days, LocalTime from, LocalTime to) ->
          new RestrictionForm(
              List.copyOf(days.stream().sorted().map(Names::word).toList()),
              null,
              from.toString(),
              null,
              to.toString());
      case Weekly(DayOfWeek fromDay, LocalTime from, DayOfWeek toDay, LocalTime to) ->
          new RestrictionForm(
              null, Names.word(fromDay), from.toString(), Names.word(toDay), to.toString());
    };
  }
}
