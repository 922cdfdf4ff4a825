// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import dev.nines.objectives.capacity.CapacityModel;
import dev.nines.objectives.capacity.CapacityModel.Steering;
import java.util.ArrayList;
import java.util.List;

/** What an answer takes for granted, in words, so that nobody has to guess it. */
final class Assumptions {

  private static final String UNITS =
      "a unit serves what the model declares; nothing here measured that";
  private static final String DEMAND =
      "demand is what came in (spans of kind server and consumer, before any sampling); what was"
          + " refused before it reached a service is not in it";

  private Assumptions() {}

  static List<String> ofEvacuation(
      CapacityModel model, Steering steering, Step step, Measure measure) {
    return List.of(
        DEMAND,
        rate(step, measure),
        "regions are added up bucket by bucket: their peaks need not fall together",
        steering(steering),
        "retries add %s requests to each that is moved".formatted(model.retryAmplification()),
        "units that take longer to start than the evacuation (%d s) do not count"
            .formatted(model.evacuationTime().toSeconds()),
        UNITS);
  }

  static List<String> ofSpike(Step step, Measure measure) {
    return List.of(
        DEMAND,
        rate(step, measure),
        "each region's own busiest bucket is multiplied; no traffic is steered to another region",
        "calls between services are not followed: multiply all services where customers come in"
            + " tenfold",
        UNITS);
  }

  static List<String> ofForecast(Measure measure) {
    return List.of(
        DEMAND,
        rate(Step.HOUR, measure),
        "hours are UTC: when clocks change, a local habit moves by an hour, and the profile learns it"
            + " within weeks",
        "a trend of the last weeks goes on for a while, each week less of it",
        "p10 and p90 are nominal; accuracy says what they covered, one week ahead: further ahead"
            + " they cover less",
        "an hour in which no service of the region was asked is not measured, not idle");
  }

  static List<String> ofHeadroom(Measure measure) {
    List<String> all = new ArrayList<>(ofForecast(measure));
    all.add("every region serves its own demand; what losing one takes is another question");
    all.add("units that do not run yet count only where a field says at most");
    all.add(UNITS);
    return List.copyOf(all);
  }

  private static String rate(Step step, Measure measure) {
    return measure == Measure.PEAK && step.seconds() > step.finestSeconds()
        ? "each hour counts with its busiest minute"
        : "each bucket of %d s counts with its mean".formatted(step.seconds());
  }

  private static String steering(Steering steering) {
    return switch (steering) {
      case EVEN -> "a lost region's traffic is spread evenly over the declared regions left";
      case PROPORTIONAL ->
          "a lost region's traffic goes to the declared regions left, in proportion to their own";
      case GIVEN ->
          "a lost region's traffic goes where shares say; what they lack to 1 is shed; the share"
              + " of a region that is lost as well goes to the others of its row";
    };
  }
}
