// SPDX-License-Identifier: Apache-2.0
// Sends the same spans and the same metrics by both HTTP encodings: node send.mjs URL TOKEN
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import { OTLPMetricExporter as JsonMetrics } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtoMetrics } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter as JsonTraces } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtoTraces } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AggregationType, MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';

const [url, token] = process.argv.slice(2);
const resource = resourceFromAttributes({ 'service.name': 'js-shop', 'host.cpus': 4 });

function spans() {
  const ended = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ resource, spanProcessors: [new SimpleSpanProcessor(ended)] });
  const tracer = provider.getTracer('checkout', '1.2.3');
  const parent = tracer.startSpan('pay', { kind: SpanKind.SERVER, startTime: [1_700_000_000, 123_456_789] });
  parent.setAttributes({ text: 'é漢😀"\\\n', int: 42, negative: -7, double: 0.25, bool: true, list: ['a', 'b'], numbers: [1, 2.5] });
  parent.addEvent('retried', { attempt: 2 });
  const link = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: TraceFlags.SAMPLED };
  const inside = trace.setSpan(ROOT_CONTEXT, parent);
  tracer.startSpan('charge', { kind: SpanKind.CLIENT, links: [{ context: link, attributes: { why: 'queue' } }] }, inside).end();
  parent.setStatus({ code: SpanStatusCode.ERROR, message: 'declined' });
  parent.end();
  return ended.getFinishedSpans();
}

class OnDemand extends MetricReader {
  onShutdown() {}
  onForceFlush() {}
}

async function metrics() {
  const reader = new OnDemand();
  const exponential = { instrumentName: 'size', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } };
  const provider = new MeterProvider({ resource, readers: [reader], views: [exponential] });
  const meter = provider.getMeter('checkout', '1.2.3');
  meter.createCounter('orders', { unit: '1', description: 'Orders' }).add(3, { paid: true });
  meter.createUpDownCounter('carts').add(-2.5);
  meter.createObservableGauge('load').addCallback(result => result.observe(0.75, { cpu: 1 }));
  const latency = meter.createHistogram('latency', { unit: 'ms', advice: { explicitBucketBoundaries: [5, 10.5, 100] } });
  const size = meter.createHistogram('size', { unit: 'By' });
  for (const value of [0, 1, 7, 10.5, 99, 5000]) {
    latency.record(value);
    size.record(value);
  }
  const { resourceMetrics, errors } = await reader.collect();
  if (errors.length > 0) {
    throw errors[0];
  }
  return resourceMetrics;
}

function send(exporter, items) {
  return new Promise((resolve, reject) =>
    exporter.export(items, result => (result.code === 0 ? resolve() : reject(result.error))));
}

const headers = { authorization: `Bearer ${token}` };
const traces = { url: `${url}/v1/traces`, headers };
const points = { url: `${url}/v1/metrics`, headers };
const made = spans();
const measured = await metrics();
await send(new JsonTraces(traces), made);
await send(new ProtoTraces(traces), made);
await send(new JsonMetrics({ ...points, compression: 'gzip' }), measured);
await send(new ProtoMetrics(points), measured);
console.log(`${made.length} spans, ${measured.scopeMetrics[0].metrics.length} metrics`);
