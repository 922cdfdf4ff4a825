// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.delivery;

import dev.nines.shop.traffic.Region;
import dev.nines.shop.traffic.Service;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;

/** What a running service says of itself: spans and metrics of one process say the same. */
public final class Deployment {

  private Deployment() {}

  public static Resource resource(Region region, Service service, String version) {
    String id = service.id();
    Attributes attributes =
        Attributes.builder()
            .put(Attribute.SERVICE_NAME, id)
            .put(Attribute.SERVICE_VERSION, version)
            .put(Attribute.CLOUD_REGION, region.id())
            .put(Attribute.ENVIRONMENT, "production")
            .put(Attribute.HOST, id + "-" + version + "." + region.id())
            .build();
    return Resource.getDefault().merge(Resource.create(attributes));
  }
}
