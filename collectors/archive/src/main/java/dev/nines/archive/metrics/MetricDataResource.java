// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.metrics;

import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.access.Principal;
import dev.nines.objectives.request.Problems;
import dev.nines.warehouse.WarehouseException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Metrics of the caller's tenant: names, series, and their course over time. */
@Path("/api/v1/metrics")
@Produces(MediaType.APPLICATION_JSON)
public final class MetricDataResource {

  private static final Duration NAMES_RANGE = Duration.ofHours(24);
  private static final int TIMEOUT_EXCEEDED = 159;
  private static final int MEMORY_LIMIT_EXCEEDED = 241;
  private static final int TOO_MANY_ROWS = 396;
  private static final int UNPROCESSABLE = 422;

  private final CurrentPrincipal caller;
  private final MetricCatalog catalog;
  private final MetricRange range;
  private final InstantSource clock;

  public MetricDataResource(
      CurrentPrincipal caller, MetricCatalog catalog, MetricRange range, InstantSource clock) {
    this.caller = caller;
    this.catalog = catalog;
    this.range = range;
    this.clock = clock;
  }

  /**
   * @param truncated more than {@link MetricCatalog#MAX_METRICS}: ask for a longer prefix
   */
  public record Names(List<MetricName> metrics, boolean truncated) {}

  /**
   * @param truncated more than {@link MetricCatalog#MAX_SERIES}: ask for a narrower match
   */
  public record SeriesList(String metric, List<Series> series, boolean truncated) {}

  /**
   * @param prefix of the name
   * @param from RFC 3339; metrics received on its day or later, by default since 24 h
   */
  @GET
  public Names list(
      @QueryParam("prefix") @DefaultValue("") String prefix,
      @QueryParam("from") @Nullable String from) {
    return refusing(
        () -> {
          Principal principal = caller.principal();
          List<MetricName> found =
              catalog.metrics(
                  principal.tenant(),
                  principal.region(),
                  prefix,
                  from == null
                      ? clock.instant().minus(NAMES_RANGE)
                      : RangeParameters.time("from", from));
          boolean truncated = found.size() > MetricCatalog.MAX_METRICS;
          return new Names(
              truncated ? found.subList(0, MetricCatalog.MAX_METRICS) : found, truncated);
        });
  }

  /**
   * @param match {@code key=value}, all of them; a key is {@code service}, {@code region}, {@code
   *     scope}, {@code type}, {@code unit}, {@code temporality}, or an attribute of points or
   *     resource
   * @param from RFC 3339; series received on its day or later, by default since 24 h
   */
  @GET
  @Path("/series")
  public SeriesList series(
      @QueryParam("metric") @DefaultValue("") String metric,
      @QueryParam("match") List<String> match,
      @QueryParam("from") @Nullable String from) {
    return refusing(
        () -> {
          SeriesSelector selector =
              RangeParameters.selector(
                  caller.principal(),
                  metric,
                  match,
                  from == null
                      ? clock.instant().minus(NAMES_RANGE)
                      : RangeParameters.time("from", from));
          List<Series> found = catalog.series(selector);
          boolean truncated = found.size() > MetricCatalog.MAX_SERIES;
          return new SeriesList(
              metric, truncated ? found.subList(0, MetricCatalog.MAX_SERIES) : found, truncated);
        });
  }

  /**
   * One value a series and window (t - step, t].
   *
   * @param from RFC 3339; by default one hour before {@code to}, which is now by default
   * @param step {@code 30s}, {@code 5m}, {@code 1h}, {@code 1d} or seconds; by default 10 s or
   *     more, for at most 250 windows
   * @param fn a {@link RangeFunction}
   * @param q for {@code fn=quantile}, 0 to 1
   * @param by keys as in {@code match} that series are added up by; empty: all are one; absent:
   *     each by itself
   */
  @GET
  @Path("/query_range")
  public RangeAnswer queryRange(
      @QueryParam("metric") @DefaultValue("") String metric,
      @QueryParam("match") List<String> match,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("step") @Nullable String step,
      @QueryParam("fn") @DefaultValue("") String fn,
      @QueryParam("q") @Nullable String q,
      @QueryParam("by") List<String> by) {
    return refusing(
        () ->
            range.answer(
                new RangeParameters(metric, match, from, to, step, fn, q, by)
                    .question(caller.principal(), clock.instant())));
  }

  private static <T> T refusing(Supplier<T> answer) {
    try {
      return answer.get();
    } catch (IllegalArgumentException e) {
      throw Problems.badFields(List.of(String.valueOf(e.getMessage())));
    } catch (WarehouseException e) {
      throw switch (e.code()) {
        case TOO_MANY_ROWS ->
            new WebApplicationException(
                "step: the answer has too many points; take a longer step or a narrower match",
                e,
                UNPROCESSABLE);
        case TIMEOUT_EXCEEDED, MEMORY_LIMIT_EXCEEDED ->
            new WebApplicationException(
                "from: the question needs too much time or memory; take a shorter range or a"
                    + " narrower match",
                e,
                UNPROCESSABLE);
        default -> e;
      };
    }
  }
}
