// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import dev.nines.capacity.CapacityMetrics.Question;
import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.access.Principal;
import dev.nines.objectives.capacity.CapacityModel;
import dev.nines.objectives.capacity.CapacityModel.Service;
import dev.nines.objectives.capacity.CapacityModel.Steering;
import dev.nines.objectives.capacity.CapacityModels;
import dev.nines.objectives.request.Problems;
import dev.nines.warehouse.WarehouseException;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What comes in and what could be served. Of every question {@code step} is {@code 10s} (kept for 3
 * days), {@code 1m} (90 days) or {@code 1h} (25 months, the default); {@code from} and {@code to}
 * are RFC 3339 and widen to whole buckets, by default the last hour, day or week.
 */
@Path("/api/v1/capacity")
@Produces(MediaType.APPLICATION_JSON)
public final class CapacityResource {

  /** Of one answer about demand. */
  static final int DEMAND_POINTS_MAX = 50_000;

  private static final int UNPROCESSABLE = 422;
  private static final int TIMEOUT_EXCEEDED = 159;
  private static final int MEMORY_LIMIT_EXCEEDED = 241;

  private final CurrentPrincipal caller;
  private final CapacityModels models;
  private final DemandTables tables;
  private final CapacityMetrics metrics;
  private final InstantSource clock;

  public CapacityResource(
      CurrentPrincipal caller,
      CapacityModels models,
      DemandTables tables,
      CapacityMetrics metrics,
      InstantSource clock) {
    this.caller = caller;
    this.models = models;
    this.tables = tables;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Requests by service, region and bucket, with the busiest minute of each hour.
   *
   * @param service one; all by default, and so {@code region}
   */
  @GET
  @Path("/demand")
  public DemandAnswer demand(
      @QueryParam("service") @Nullable String service,
      @QueryParam("region") @Nullable String region,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("step") @Nullable String step) {
    CapacityParameters parameters = new CapacityParameters(clock.instant());
    String one = parameters.name("service", service);
    String place = region(parameters, region);
    Buckets buckets = parameters.buckets(step, from, to);
    parameters.enforce();
    return metrics.timed(
        Question.DEMAND,
        () -> {
          DemandAnswer answer =
              DemandAnswer.of(read(one.isEmpty() ? List.of() : List.of(one), place, buckets));
          if (answer.series().stream().mapToLong(each -> each.points().size()).sum()
              > DEMAND_POINTS_MAX) {
            throw unprocessable(
                "more than %,d points; take a longer step, a shorter range or one service"
                    .formatted(DEMAND_POINTS_MAX));
          }
          return answer;
        });
  }

  /**
   * What it takes to lose one region (N+1) or two (N+2), whichever they are.
   *
   * @param model name of a capacity model
   * @param service one of the model's; all by default
   * @param lost 1 or 2
   * @param steering {@code even}, {@code proportional} or {@code given}; by default the model's
   * @param measure an hour counts with its busiest minute, {@code peak}, or its {@code mean}
   */
  @GET
  @Path("/evacuation")
  public EvacuationAnswer evacuation(
      @QueryParam("model") @Nullable String model,
      @QueryParam("service") @Nullable String service,
      @QueryParam("lost") @Nullable String lost,
      @QueryParam("steering") @Nullable String steering,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("step") @Nullable String step,
      @QueryParam("measure") @Nullable String measure) {
    CapacityParameters parameters = new CapacityParameters(clock.instant());
    String name = parameters.requiredName("model", model);
    String one = parameters.name("service", service);
    int regions = parameters.lost(lost);
    Optional<Steering> other = parameters.steering(steering);
    Measure rate = parameters.measure(measure);
    Buckets buckets = parameters.buckets(step, from, to);
    parameters.enforce();
    if (!caller.principal().region().isEmpty()) {
      throw new ForbiddenException("a token of one region cannot ask about all");
    }
    CapacityModel found = model(name, one);
    return metrics.timed(
        Question.EVACUATION,
        () -> {
          Demand demand = read(names(found), "", buckets);
          if (EvacuationPlan.work(found, demand, regions) > EvacuationPlan.WORK_MAX) {
            throw unprocessable("takes too long; take a longer step or a shorter range");
          }
          return new EvacuationPlan(found, other.orElse(found.steering()), demand, rate, regions)
              .answer(withoutModel(found, one, "", buckets));
        });
  }

  /**
   * What a crowd does that asks {@code factor} times what the busiest bucket was asked.
   *
   * @param model name of a capacity model
   * @param service one of the model's; all by default
   * @param region where the crowd arrives; everywhere by default
   * @param factor above 0, at most 1,000; 10 by default
   * @param measure an hour counts with its busiest minute, {@code peak}, or its {@code mean}
   */
  @GET
  @Path("/spike")
  public SpikeAnswer spike(
      @QueryParam("model") @Nullable String model,
      @QueryParam("service") @Nullable String service,
      @QueryParam("region") @Nullable String region,
      @QueryParam("factor") @Nullable String factor,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("step") @Nullable String step,
      @QueryParam("measure") @Nullable String measure) {
    CapacityParameters parameters = new CapacityParameters(clock.instant());
    String name = parameters.requiredName("model", model);
    String one = parameters.name("service", service);
    String place = region(parameters, region);
    double times = parameters.factor(factor);
    Measure rate = parameters.measure(measure);
    Buckets buckets = parameters.buckets(step, from, to);
    parameters.enforce();
    CapacityModel found = model(name, one);
    return metrics.timed(
        Question.SPIKE,
        () ->
            new Spike(found, read(names(found), place, buckets), rate, times)
                .answer(place, withoutModel(found, one, place, buckets)));
  }

  /**
   * The demand of the hours to come, in each region of a service.
   *
   * @param region one; all by default
   * @param model name of a capacity model whose declared events count; none by default
   * @param horizon whole hours, {@code 24h} or {@code 7d}, at most four weeks; a week by default
   * @param measure an hour counts with its busiest minute, {@code peak}, or its {@code mean}
   */
  @GET
  @Path("/forecast")
  public ForecastAnswer forecast(
      @QueryParam("service") @Nullable String service,
      @QueryParam("region") @Nullable String region,
      @QueryParam("model") @Nullable String model,
      @QueryParam("horizon") @Nullable String horizon,
      @QueryParam("measure") @Nullable String measure) {
    Instant now = clock.instant();
    CapacityParameters parameters = new CapacityParameters(now);
    String one = parameters.requiredName("service", service);
    String place = region(parameters, region);
    String name = parameters.name("model", model);
    int hours = parameters.horizonHours(horizon);
    Measure rate = parameters.measure(measure);
    parameters.enforce();
    List<CapacityModel.Event> events = name.isEmpty() ? List.of() : model(name, "").events();
    return metrics.timed(
        Question.FORECAST,
        () ->
            answering(
                () -> {
                  Forecasts forecasts = forecasts(place, now);
                  var found = forecasts.of(one, forecasts.demand(one), events, rate, hours);
                  if (found.isEmpty()) {
                    throw Problems.notFound("nothing was asked of service '" + one + "'");
                  }
                  return ForecastAnswer.of(one, now, hours, rate, found);
                }));
  }

  /**
   * What is to spare, now and in the hours to come; when it is short, and what to start or buy.
   *
   * @param model name of a capacity model
   * @param service one of the model's; all by default
   * @param region one; all by default
   * @param horizon whole hours, {@code 24h} or {@code 7d}, at most four weeks; a week by default
   * @param measure what an hour is forecast by: its busiest minute, {@code peak}, or its {@code
   *     mean}
   */
  @GET
  @Path("/headroom")
  public HeadroomAnswer headroom(
      @QueryParam("model") @Nullable String model,
      @QueryParam("service") @Nullable String service,
      @QueryParam("region") @Nullable String region,
      @QueryParam("horizon") @Nullable String horizon,
      @QueryParam("measure") @Nullable String measure) {
    Instant now = clock.instant();
    CapacityParameters parameters = new CapacityParameters(now);
    String name = parameters.requiredName("model", model);
    String one = parameters.name("service", service);
    String place = region(parameters, region);
    int hours = parameters.horizonHours(horizon);
    Measure rate = parameters.measure(measure);
    parameters.enforce();
    CapacityModel found = model(name, one);
    return metrics.timed(
        Question.HEADROOM,
        () ->
            answering(
                () -> {
                  Forecasts forecasts = forecasts(place, now);
                  return new Headroom(found, forecasts, rate, hours, now)
                      .answer(place, withoutModel(found, one, place, forecasts.buckets()));
                }));
  }

  private Forecasts forecasts(String region, Instant now) throws DemandTables.TooMuch {
    return new Forecasts(tables, metrics::told, caller.principal().tenant(), region, now);
  }

  /** A token of one region sees that region alone. */
  private String region(CapacityParameters parameters, @Nullable String asked) {
    String region = parameters.name("region", asked);
    Principal principal = caller.principal();
    if (principal.region().isEmpty() || region.equals(principal.region())) {
      return region;
    }
    if (!region.isEmpty()) {
      throw new ForbiddenException("the token is of region " + principal.region());
    }
    return principal.region();
  }

  /**
   * @param service the only one that is kept; empty keeps all
   */
  private CapacityModel model(String name, String service) {
    CapacityModel model =
        models
            .find(caller.principal().tenant(), name)
            .orElseThrow(() -> Problems.notFound("there is no capacity model '" + name + "'"));
    if (service.isEmpty()) {
      return model;
    }
    Service only =
        model
            .service(service)
            .orElseThrow(
                () ->
                    Problems.notFound(
                        "capacity model '%s' has no service '%s'".formatted(name, service)));
    return model.with(List.of(only));
  }

  private Demand read(List<String> services, String region, Buckets buckets) {
    return answering(() -> tables.read(caller.principal().tenant(), region, services, buckets));
  }

  /** Work whose bounds are known only from what is stored. */
  @FunctionalInterface
  private interface Bounded<T> {
    T answer() throws DemandTables.TooMuch;
  }

  private static <T> T answering(Bounded<T> work) {
    try {
      return work.answer();
    } catch (DemandTables.TooMuch e) {
      throw unprocessable(String.valueOf(e.getMessage()));
    } catch (WarehouseException e) {
      if (e.code() == TIMEOUT_EXCEEDED || e.code() == MEMORY_LIMIT_EXCEEDED) {
        throw unprocessable("needs too much time or memory; take a shorter range or one service");
      }
      throw e;
    }
  }

  private static List<String> names(CapacityModel model) {
    return model.services().stream().map(Service::name).toList();
  }

  /** Nothing is hidden when one service is asked for. */
  private List<String> withoutModel(
      CapacityModel model, String one, String region, Buckets buckets) {
    if (!one.isEmpty()) {
      return List.of();
    }
    List<String> known = names(model);
    return tables.services(caller.principal().tenant(), region, buckets).stream()
        .filter(service -> !known.contains(service))
        .toList();
  }

  private static WebApplicationException unprocessable(String message) {
    return new WebApplicationException(message, UNPROCESSABLE);
  }
}
