// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import dev.nines.objectives.capacity.CapacityModel;
import dev.nines.objectives.capacity.CapacityModel.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * One service in one region, as a reckoning sees it.
 *
 * @param declared whether the model says that it runs there
 * @param counted units that serve when they are needed
 * @param demand requests per second in each bucket
 */
record Place(String region, boolean declared, Units units, long counted, double[] demand) {

  /**
   * Every region where the service is declared or was asked, by name.
   *
   * @param startable whether units that do not run yet count
   */
  static List<Place> of(
      CapacityModel.Service service, Demand demand, Measure measure, boolean startable) {
    SortedMap<String, Demand.Course> asked = demand.of(service.name());
    Set<String> regions = new TreeSet<>(asked.keySet());
    regions.addAll(service.regions().keySet());
    List<Place> places = new ArrayList<>();
    for (String region : regions) {
      Demand.Course course = asked.get(region);
      Units units = service.units(region);
      places.add(
          new Place(
              region,
              service.regions().containsKey(region),
              units,
              startable ? units.most() : units.running(),
              course == null
                  ? new double[demand.buckets().count()]
                  : course.rates(demand.buckets().step(), measure)));
    }
    return places;
  }

  /** The first of the busiest buckets. */
  int busiest() {
    int busiest = 0;
    for (int i = 1; i < demand.length; i++) {
      if (demand[i] > demand[busiest]) {
        busiest = i;
      }
    }
    return busiest;
  }
}
