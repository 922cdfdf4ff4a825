// SPDX-License-Identifier: Apache-2.0
/**
 * SLA reports: the ledger's minutes and a contract become numbers, pages and evidence.
 *
 * <pre>
 * ledger ── LedgerMinutes ─┐
 * Agreements (catalog) ────┴─ SlaReports ── SlaReportResource ── render: JSON, CSV, HTML, PDF
 *                                 └── MonthlyRun ── StoredReports (sla_reports)
 * </pre>
 */
@NullMarked
package dev.nines.reports;

import org.jspecify.annotations.NullMarked;
