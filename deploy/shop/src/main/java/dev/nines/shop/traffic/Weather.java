// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.traffic;

/**
 * What the script does to the requests of one region at one instant.
 *
 * @param checkoutFailures share of checkouts that the running version fails, 0 to 1
 * @param paymentFailures share of payments that fail, 0 to 1
 * @param checkoutVersion the version of checkout that runs
 */
record Weather(
    double checkoutFailures, double paymentFailures, boolean slowEdge, String checkoutVersion) {

  static Weather at(FaultScript script, Region region, long millis) {
    var deploy = script.active(Fault.Kind.BAD_DEPLOY, region, millis);
    String usual = Service.CHECKOUT.version();
    return new Weather(
        deploy.map(Fault::share).orElse(0.0),
        script.active(Fault.Kind.PAYMENT_ERRORS, region, millis).map(Fault::share).orElse(0.0),
        script.active(Fault.Kind.LATENCY_REGRESSION, region, millis).isPresent(),
        deploy.map(fault -> fault.version() == null ? usual : fault.version()).orElse(usual));
  }

  String versionOf(Service service) {
    return service == Service.CHECKOUT ? checkoutVersion : service.version();
  }
}
