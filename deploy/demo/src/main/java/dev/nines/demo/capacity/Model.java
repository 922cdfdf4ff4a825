// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.capacity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The few parts of a capacity model that the demo's own reckoning needs.
 *
 * @param yaml what the platform is given
 */
record Model(String yaml, String name, double retryAmplification, List<Service> services) {

  record Service(String name, double maxUtilisation) {}

  static Model of(String yaml) {
    Map<String, Object> root = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    if (!(root.get("metadata") instanceof Map<?, ?> metadata)
        || !(root.get("spec") instanceof Map<?, ?> spec)
        || !(spec.get("services") instanceof List<?> items)) {
      throw new IllegalArgumentException("no capacity model: " + yaml);
    }
    List<Service> services = new ArrayList<>();
    for (Object item : items) {
      if (item instanceof Map<?, ?> service) {
        double usual = number(spec, "maxUtilisation", 1);
        double most = number(service, "maxUtilisation", usual);
        services.add(new Service(String.valueOf(service.get("service")), most));
      }
    }
    return new Model(
        yaml,
        String.valueOf(metadata.get("name")),
        number(spec, "retryAmplification", 0),
        services);
  }

  private static double number(Map<?, ?> map, String key, double otherwise) {
    return map.get(key) instanceof Number number ? number.doubleValue() : otherwise;
  }
}
