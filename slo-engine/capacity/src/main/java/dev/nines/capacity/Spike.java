// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import dev.nines.capacity.SpikeAnswer.PlaceSpike;
import dev.nines.objectives.capacity.CapacityModel;
import dev.nines.objectives.capacity.CapacityModel.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Multiplies the busiest bucket of each service in each region. */
final class Spike {

  private final CapacityModel model;
  private final Demand demand;
  private final Measure measure;
  private final double factor;

  Spike(CapacityModel model, Demand demand, Measure measure, double factor) {
    this.model = model;
    this.demand = demand;
    this.measure = measure;
    this.factor = factor;
  }

  /**
   * @param region where the crowd arrives; empty for everywhere
   */
  SpikeAnswer answer(String region, List<String> withoutModel) {
    List<PlaceSpike> places = new ArrayList<>();
    for (Service service : model.services()) {
      for (Place place : Place.of(service, demand, measure, false)) {
        if (region.isEmpty() || place.region().equals(region)) {
          places.add(spike(service, place));
        }
      }
    }
    List<PlaceSpike> exceeded =
        places.stream()
            .filter(place -> place.shed() > 0)
            .sorted(Comparator.comparingDouble(PlaceSpike::shedShare).reversed())
            .toList();
    return new SpikeAnswer(
        Asked.of(model.name(), demand.buckets(), measure),
        factor,
        exceeded.isEmpty(),
        exceeded,
        places.stream().filter(place -> place.shed() == 0).toList(),
        withoutModel,
        Assumptions.ofSpike(demand.buckets().step(), measure));
  }

  private PlaceSpike spike(Service service, Place place) {
    int busiest = place.busiest();
    double peak = place.demand()[busiest];
    double spike = peak * factor;
    double unitRate = service.requestsPerSecondPerUnit();
    double plannedRate = unitRate * service.maxUtilisation();
    long running = place.units().running();
    long most = place.units().most();
    double shed = Amount.excess(spike, running * plannedRate);
    long needed = Amount.units(spike / service.maxUtilisation(), unitRate);
    return new PlaceSpike(
        service.name(),
        place.region(),
        place.declared(),
        Amount.shown(peak),
        demand.buckets().begin(busiest),
        Amount.shown(spike),
        running,
        most,
        running == 0 ? 0 : Amount.shown(spike / (running * unitRate)),
        Amount.shown(shed),
        spike == 0 ? 0 : Amount.shown(shed / spike),
        service.startTime().toSeconds(),
        Amount.shown(Amount.excess(spike, most * plannedRate)),
        needed,
        Math.max(0, Math.min(needed, most) - running),
        Math.max(0, needed - most));
  }
}
