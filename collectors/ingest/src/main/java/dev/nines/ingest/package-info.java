// SPDX-License-Identifier: Apache-2.0
/**
 * Takes OTLP in and answers when Kafka has it.
 *
 * <pre>
 * GrpcEndpoint ── ExportCalls ──┐
 *                               ├── Gate (bytes in flight, disk) ── Intake ── RegionLog ── telemetry.in
 * HttpEndpoint ── ExportHandler ┘                        OtlpJson ──┘           │
 *                                                     Beat: progress, goodbye ──┘
 * </pre>
 */
@NullMarked
package dev.nines.ingest;

import org.jspecify.annotations.NullMarked;
