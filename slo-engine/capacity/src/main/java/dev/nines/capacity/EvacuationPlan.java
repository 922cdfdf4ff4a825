// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import dev.nines.capacity.Evacuation.Loss;
import dev.nines.capacity.Evacuation.Need;
import dev.nines.capacity.Evacuation.Outcome;
import dev.nines.capacity.EvacuationAnswer.Binding;
import dev.nines.capacity.EvacuationAnswer.LossShown;
import dev.nines.capacity.EvacuationAnswer.RegionNeed;
import dev.nines.capacity.EvacuationAnswer.ServiceNeed;
import dev.nines.objectives.capacity.CapacityModel;
import dev.nines.objectives.capacity.CapacityModel.Service;
import dev.nines.objectives.capacity.CapacityModel.Steering;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Loses regions of all services of a model, and tells what that takes. */
final class EvacuationPlan {

  /** Of one service in an answer. */
  static final int LOSSES_MAX = 20;

  /** Failures x buckets x regions of all services: about a second of one core. */
  static final long WORK_MAX = 200_000_000;

  private final CapacityModel model;
  private final Steering steering;
  private final Demand demand;
  private final Measure measure;
  private final int lost;

  EvacuationPlan(CapacityModel model, Steering steering, Demand demand, Measure measure, int lost) {
    this.model = model;
    this.steering = steering;
    this.demand = demand;
    this.measure = measure;
    this.lost = lost;
  }

  /** Steps of the reckoning; more than {@link #WORK_MAX} is refused. */
  static long work(CapacityModel model, Demand demand, int lost) {
    long work = 0;
    for (Service service : model.services()) {
      long places = Place.of(service, demand, Measure.MEAN, false).size();
      long failures = lost == 1 ? places : places * (places - 1) / 2;
      work += failures * places * demand.buckets().count();
    }
    return work;
  }

  EvacuationAnswer answer(List<String> withoutModel) {
    List<ServiceNeed> services = model.services().stream().map(this::need).toList();
    return new EvacuationAnswer(
        Asked.of(model.name(), demand.buckets(), measure),
        lost,
        steering.word(),
        services.stream().allMatch(service -> service.losses().isEmpty()),
        binding(services).orElse(null),
        services,
        withoutModel,
        Assumptions.ofEvacuation(model, steering, demand.buckets().step(), measure));
  }

  private ServiceNeed need(Service service) {
    boolean startable = service.startTime().compareTo(model.evacuationTime()) <= 0;
    List<Place> places = Place.of(service, demand, measure, startable);
    Outcome outcome =
        new Evacuation(
                places,
                new Steered(steering, places, model.shares()),
                demand.buckets().count(),
                model.retryAmplification(),
                service.maxUtilisation(),
                service.requestsPerSecondPerUnit())
            .of(lost);
    List<RegionNeed> regions = new ArrayList<>();
    for (int r = 0; r < places.size(); r++) {
      regions.add(region(service, places, r, outcome.needs().get(r)));
    }
    List<Loss> shedding = outcome.losses().stream().filter(loss -> loss.shed() > 0).toList();
    return new ServiceNeed(
        service.name(),
        service.requestsPerSecondPerUnit(),
        service.maxUtilisation(),
        service.startTime().toSeconds(),
        startable,
        Amount.shown(outcome.needs().stream().mapToDouble(Need::rate).sum()),
        byPeaks(service, places),
        regions.stream().mapToLong(RegionNeed::unitsNeeded).sum(),
        regions.stream().mapToLong(RegionNeed::unitsMissing).sum(),
        outcome.losses().size(),
        shedding.stream().limit(LOSSES_MAX).map(loss -> shown(places, loss)).toList(),
        Math.max(0, shedding.size() - LOSSES_MAX),
        regions);
  }

  private @Nullable Double byPeaks(Service service, List<Place> places) {
    int left = places.size() - lost;
    double peaks = places.stream().mapToDouble(place -> place.demand()[place.busiest()]).sum();
    return left <= 0 ? null : Amount.shown(peaks * places.size() / left / service.maxUtilisation());
  }

  private RegionNeed region(Service service, List<Place> places, int index, Need need) {
    Place place = places.get(index);
    int busiest = place.busiest();
    double capacity = place.counted() * service.requestsPerSecondPerUnit();
    long needed = Amount.units(need.rate(), service.requestsPerSecondPerUnit());
    return new RegionNeed(
        place.region(),
        place.declared(),
        Amount.shown(place.demand()[busiest]),
        demand.buckets().begin(busiest),
        Amount.shown(need.rate()),
        names(places, need.lost()),
        demand.buckets().begin(need.bucket()),
        place.units().running(),
        place.units().most(),
        place.counted(),
        Amount.shown(capacity),
        Amount.shown(capacity - need.rate()),
        needed,
        Math.max(0, needed - place.counted()));
  }

  private LossShown shown(List<Place> places, Loss loss) {
    return new LossShown(
        names(places, loss.lost()),
        demand.buckets().begin(loss.bucket()),
        Amount.shown(loss.shed()),
        Amount.shown(loss.shed() / loss.load()),
        names(places, loss.overloaded()));
  }

  private static List<String> names(List<Place> places, List<Integer> indices) {
    return indices.stream().map(index -> places.get(index).region()).toList();
  }

  private static Optional<Binding> binding(List<ServiceNeed> services) {
    record Spare(ServiceNeed service, RegionNeed region) {
      double share() {
        return region.headroom() / region.need();
      }
    }
    return services.stream()
        .flatMap(service -> service.regions().stream().map(region -> new Spare(service, region)))
        .filter(spare -> spare.region().need() > 0)
        .min(Comparator.comparingDouble(Spare::share))
        .map(
            spare ->
                new Binding(
                    spare.service().service(),
                    spare.region().region(),
                    spare.region().whenLost(),
                    spare.region().at(),
                    spare.region().unitsMissing()));
  }
}
