// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import dev.nines.capacity.DemandTables.TooMuch;
import dev.nines.capacity.HeadroomAnswer.Ahead;
import dev.nines.capacity.HeadroomAnswer.Binding;
import dev.nines.capacity.HeadroomAnswer.RegionHeadroom;
import dev.nines.capacity.HeadroomAnswer.ServiceHeadroom;
import dev.nines.capacity.forecast.Forecast;
import dev.nines.capacity.forecast.Forecast.Fitted;
import dev.nines.capacity.forecast.Forecast.Hour;
import dev.nines.capacity.forecast.Forecast.Refused;
import dev.nines.objectives.capacity.CapacityModel;
import dev.nines.objectives.capacity.CapacityModel.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Holds what services of a model can serve against what is asked and forecast. */
final class Headroom {

  private final CapacityModel model;
  private final Forecasts forecasts;
  private final Measure measure;
  private final int horizonHours;
  private final Instant now;

  Headroom(
      CapacityModel model, Forecasts forecasts, Measure measure, int horizonHours, Instant now) {
    this.model = model;
    this.forecasts = forecasts;
    this.measure = measure;
    this.horizonHours = horizonHours;
    this.now = now;
  }

  /**
   * @param region the only one; empty for all
   */
  HeadroomAnswer answer(String region, List<String> withoutModel) throws TooMuch {
    List<ServiceHeadroom> services = new ArrayList<>();
    for (Service service : model.services()) {
      services.add(headroom(service, region));
    }
    return new HeadroomAnswer(
        model.name(),
        now,
        horizonHours,
        binding(services).orElse(null),
        services,
        withoutModel,
        Assumptions.ofHeadroom(measure));
  }

  private ServiceHeadroom headroom(Service service, String region) throws TooMuch {
    Demand demand = forecasts.demand(service.name());
    SortedMap<String, Forecast> ahead =
        forecasts.of(service.name(), demand, model.events(), measure, horizonHours);
    return new ServiceHeadroom(
        service.name(),
        service.requestsPerSecondPerUnit(),
        service.maxUtilisation(),
        service.startTime().toSeconds(),
        Place.of(service, demand, Measure.PEAK, false).stream()
            .filter(place -> region.isEmpty() || place.region().equals(region))
            .map(place -> headroom(service, place, ahead.get(place.region())))
            .toList());
  }

  private RegionHeadroom headroom(Service service, Place place, @Nullable Forecast forecast) {
    double unitServes = service.requestsPerSecondPerUnit() * service.maxUtilisation();
    double serves = place.units().running() * unitServes;
    double most = place.units().most() * unitServes;
    double[] demand = place.demand();
    double asked = Math.max(demand[demand.length - 1], demand[demand.length - 2]);
    return new RegionHeadroom(
        place.region(),
        place.declared(),
        place.units().running(),
        place.units().most(),
        Amount.shown(serves),
        Amount.shown(most),
        Amount.shown(asked),
        Amount.shown(serves - asked),
        forecast instanceof Fitted fitted ? ahead(service, place, fitted, serves, most) : null,
        forecast instanceof Refused refused ? refused : null);
  }

  private static Ahead ahead(
      Service service, Place place, Fitted forecast, double serves, double most) {
    Hour peak = forecast.hours().stream().max(Comparator.comparingDouble(Hour::p90)).orElseThrow();
    long needed =
        Amount.units(peak.p90() / service.maxUtilisation(), service.requestsPerSecondPerUnit());
    Instant shortAt = shortAt(forecast, Hour::p90, serves);
    return new Ahead(
        shortAt(forecast, Hour::p50, serves),
        shortAt,
        shortAt == null ? null : shortAt.minus(service.startTime()),
        shortAt(forecast, Hour::p50, most),
        shortAt(forecast, Hour::p90, most),
        Amount.shown(forecast.hours().stream().mapToDouble(Hour::p50).max().orElseThrow()),
        Amount.shown(peak.p90()),
        peak.at(),
        Amount.shown(serves - peak.p90()),
        needed,
        Math.max(0, Math.min(needed, place.units().most()) - place.units().running()),
        Math.max(0, needed - place.units().most()),
        ForecastAnswer.shown(forecast.accuracy()));
  }

  private static @Nullable Instant shortAt(
      Fitted forecast, ToDoubleFunction<Hour> rate, double serves) {
    return forecast.hours().stream()
        .filter(hour -> Amount.excess(rate.applyAsDouble(hour), serves) > 0)
        .map(Hour::at)
        .findFirst()
        .orElse(null);
  }

  private Optional<Binding> binding(List<ServiceHeadroom> services) {
    return services.stream()
        .flatMap(service -> service.regions().stream().map(region -> binding(service, region)))
        .min(
            Comparator.comparing((Binding binding) -> orNever(binding.shortAt()))
                .thenComparingDouble(Binding::spareShare));
  }

  private Binding binding(ServiceHeadroom service, RegionHeadroom region) {
    Ahead ahead = region.ahead();
    double least =
        ahead == null
            ? region.headroomNow()
            : Math.min(region.headroomNow(), ahead.leastHeadroom());
    Instant shortAt = ahead == null ? null : ahead.shortAtP90();
    return new Binding(
        service.service(),
        region.region(),
        region.headroomNow() < 0 ? now : shortAt,
        region.serves() == 0 ? Math.signum(least) : Amount.shown(least / region.serves()));
  }

  private static Instant orNever(@Nullable Instant at) {
    return at == null ? Instant.MAX : at;
  }
}
