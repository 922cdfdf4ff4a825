// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Writes one journey: which services answer, how long each takes, what fails. Time runs along one
 * cursor, so that a call lies within its caller and calls of one caller follow each other.
 *
 * <p>On a calm day an edge request takes about 12 ms and always less than 50 ms, and nothing fails
 * with 5xx but 0.3 % of the recommendations, without which the page is shown.
 */
final class Visit {

  private static final double HOME = 0.20;
  private static final double PRODUCT = HOME + 0.20;
  private static final double SEARCH = PRODUCT + 0.15;
  private static final double CART = SEARCH + 0.15;
  private static final double RECOMMENDATIONS_FAIL = 0.003;
  private static final double NOT_FOUND = 0.01;
  private static final double DECLINED = 0.01;
  private static final int MOST_RETRIES = 2;
  private static final double SLOW_EDGE_MILLIS = 108;

  private final RandomGenerator random;
  private final Weather weather;
  private long cursorNanos;

  Visit(RandomGenerator random, Weather weather) {
    this.random = random;
    this.weather = weather;
  }

  /** What a service does for a request: its status, and the calls that it made. */
  private record Answer(int status, List<Call> calls) {}

  Call edge() {
    double draw = random.nextDouble();
    if (draw < HOME) {
      return edge("GET", "/", this::home);
    } else if (draw < PRODUCT) {
      return edge("GET", "/products/{id}", this::product);
    } else if (draw < SEARCH) {
      return edge("GET", "/search", this::search);
    } else if (draw < CART) {
      return edge("POST", "/cart/items", this::addToCart);
    }
    return edge("POST", "/checkout", this::checkOut);
  }

  private Call edge(String method, String route, Supplier<Answer> web) {
    return serve(Service.EDGE, method, route, 0, () -> forward(method, route, web));
  }

  private Answer forward(String method, String route, Supplier<Answer> web) {
    if (weather.slowEdge()) {
      cursorNanos += (long) (SLOW_EDGE_MILLIS * 1e6 * random.nextDouble(0.85, 1.25));
    }
    return passOn(List.of(ask(Service.WEB, method, route, 0, web)));
  }

  private Answer home() {
    Call catalog = leaf(Service.CATALOG, "GET", "/catalog/featured", 200);
    int status = random.nextDouble() < RECOMMENDATIONS_FAIL ? 503 : 200;
    return new Answer(
        200, List.of(catalog, leaf(Service.RECOMMENDATIONS, "GET", "/recommendations", status)));
  }

  private Answer product() {
    int status = random.nextDouble() < NOT_FOUND ? 404 : 200;
    Call catalog = leaf(Service.CATALOG, "GET", "/catalog/{id}", status);
    Call stock = leaf(Service.INVENTORY, "GET", "/inventory/{sku}", 200);
    return new Answer(status, List.of(catalog, stock));
  }

  private Answer search() {
    return passOn(
        List.of(
            ask(
                Service.SEARCH,
                "GET",
                "/search",
                0,
                () -> passOn(List.of(leaf(Service.CATALOG, "POST", "/catalog/lookup", 200))))));
  }

  private Answer addToCart() {
    Call auth = leaf(Service.AUTH, "POST", "/auth/verify", 200);
    Supplier<Answer> reserve =
        () -> passOn(List.of(leaf(Service.INVENTORY, "GET", "/inventory/{sku}", 200)));
    return passOn(List.of(auth, ask(Service.CART, "POST", "/cart/items", 0, reserve)));
  }

  /** The web front end repeats a checkout that was answered 503, not one that broke with 500. */
  private Answer checkOut() {
    List<Call> calls = new ArrayList<>();
    calls.add(leaf(Service.AUTH, "POST", "/auth/verify", 200));
    int attempt = 0;
    do {
      calls.add(ask(Service.CHECKOUT, "POST", "/checkout", attempt, this::placeOrder));
      attempt++;
    } while (calls.getLast().status() == 503 && attempt <= MOST_RETRIES);
    return passOn(calls);
  }

  private Answer placeOrder() {
    List<Call> calls = new ArrayList<>();
    calls.add(leaf(Service.CART, "GET", "/cart", 200));
    if (random.nextDouble() < weather.checkoutFailures()) {
      return new Answer(500, calls);
    }
    calls.add(leaf(Service.INVENTORY, "POST", "/inventory/reservations", 200));
    calls.add(leaf(Service.PAYMENT, "POST", "/payments", paymentStatus()));
    if (calls.getLast().status() >= 400) {
      return passOn(calls);
    }
    calls.add(leaf(Service.SHIPPING, "POST", "/shipments", 200));
    calls.add(leaf(Service.NOTIFICATIONS, "POST", "/notifications", 200));
    return passOn(calls);
  }

  private int paymentStatus() {
    double draw = random.nextDouble();
    if (draw < weather.paymentFailures()) {
      return 503;
    }
    return random.nextDouble() < DECLINED ? 402 : 200;
  }

  /** The status of the last call is the caller's own. */
  private static Answer passOn(List<Call> calls) {
    return new Answer(calls.getLast().status(), calls);
  }

  private Call leaf(Service service, String method, String route, int status) {
    return ask(service, method, route, 0, () -> new Answer(status, List.of()));
  }

  private Call ask(Service service, String method, String route, int retry, Supplier<Answer> work) {
    cursorNanos += Call.NETWORK_NANOS;
    Call call = serve(service, method, route, retry, work);
    cursorNanos += Call.NETWORK_NANOS;
    return call;
  }

  private Call serve(
      Service service, String method, String route, int retry, Supplier<Answer> work) {
    long startNanos = cursorNanos;
    long ownNanos = ownNanos(service);
    cursorNanos += ownNanos / 2;
    Answer answer = work.get();
    cursorNanos += ownNanos - ownNanos / 2;
    return new Call(
        service,
        method,
        route,
        answer.status(),
        weather.versionOf(service),
        startNanos,
        cursorNanos,
        retry,
        List.copyOf(answer.calls()));
  }

  /** Log-normal around the median, cut at both ends so that a calm day stays calm. */
  private long ownNanos(Service service) {
    double factor = Math.exp(0.2 * random.nextGaussian());
    return (long) (service.ownMicros() * 1_000 * Math.clamp(factor, 0.6, 1.8));
  }
}
