// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import org.jspecify.annotations.Nullable;

/**
 * Names the series of points under a walk. Resource, scope and metric are hashed once each and
 * enter the hash of a point as 128 bits, so that a point costs its own attributes only. One belongs
 * to one thread.
 *
 * <p>What is hashed may never change, or every series becomes another one: a test pins it.
 */
public final class SeriesHash {

  private final HashStream128 stream = Hashing.xxh3_128().hashStream();
  private final AttributeOrder order = new AttributeOrder();
  private String tenant = "";
  private @Nullable MetricView view;
  private long resourceSerial = -1;
  private long scopeSerial = -1;
  private long metricSerial = -1;
  private SeriesId resource = new SeriesId(0, 0);
  private SeriesId scope = resource;
  private SeriesId metric = resource;

  /**
   * @param tenant whose body is walked
   */
  public SeriesId of(String tenant, PointView point) {
    if (point.metric() != view || !tenant.equals(this.tenant)) {
      this.tenant = tenant;
      view = point.metric();
      resourceSerial = -1;
    }
    hashMetric(point.metric());
    put(metric);
    put(point.attributes());
    return take();
  }

  private void hashMetric(MetricView from) {
    boolean sameScope = hashScope(from);
    if (sameScope && from.metricSerial == metricSerial) {
      return;
    }
    put(scope);
    put(from.name());
    put(from.unit());
    stream.putInt(from.type().field());
    stream.putInt(from.temporality().ordinal());
    stream.putBoolean(from.monotonic());
    metric = take();
    metricSerial = from.metricSerial;
  }

  /** True when nothing changed since the last point. */
  private boolean hashScope(MetricView from) {
    boolean sameResource = hashResource(from);
    if (sameResource && from.scopeSerial == scopeSerial) {
      return true;
    }
    put(resource);
    put(from.scopeName());
    put(from.scopeVersion());
    put(from.scopeAttributes());
    scope = take();
    scopeSerial = from.scopeSerial;
    return false;
  }

  private boolean hashResource(MetricView from) {
    if (from.resourceSerial == resourceSerial) {
      return true;
    }
    stream.putString(tenant);
    put(from.resourceAttributes());
    resource = take();
    resourceSerial = from.resourceSerial;
    return false;
  }

  /** By key; a value is its type and content. Lists count by their wire bytes. */
  private void put(AttributeList list) {
    int[] sorted = order.byKey(list);
    stream.putInt(list.size());
    for (int i = 0; i < list.size(); i++) {
      int index = sorted[i];
      put(list.key(index));
      stream.putInt(list.type(index).field());
      put(list.text(index));
      stream.putLong(list.bits(index));
    }
  }

  private void put(SeriesId outer) {
    stream.putLong(outer.high()).putLong(outer.low());
  }

  /** With its length, so that no two sequences of texts are the same bytes. */
  private void put(Slice text) {
    stream.putInt(text.length());
    stream.putBytes(text.array(), text.offset(), text.length());
  }

  private SeriesId take() {
    HashValue128 hash = stream.get();
    stream.reset();
    return new SeriesId(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
  }
}
