// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.delivery;

import io.opentelemetry.api.common.AttributeKey;

/**
 * Attributes of the shop's resources and spans; the names are the semantic conventions' or ours.
 */
public final class Attribute {

  public static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");
  public static final AttributeKey<String> SERVICE_VERSION =
      AttributeKey.stringKey("service.version");
  public static final AttributeKey<String> CLOUD_REGION = AttributeKey.stringKey("cloud.region");
  public static final AttributeKey<String> ENVIRONMENT =
      AttributeKey.stringKey("deployment.environment");
  public static final AttributeKey<String> HOST = AttributeKey.stringKey("host.name");

  public static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  public static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  public static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
  public static final AttributeKey<Long> RESEND_COUNT =
      AttributeKey.longKey("http.request.resend_count");
  public static final AttributeKey<String> PEER = AttributeKey.stringKey("server.address");
  public static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
  public static final AttributeKey<String> TIER = AttributeKey.stringKey("customer.tier");
  public static final AttributeKey<String> CUSTOMER = AttributeKey.stringKey("customer.id");
  public static final AttributeKey<String> APP_REGION = AttributeKey.stringKey("app.region");

  private Attribute() {}
}
