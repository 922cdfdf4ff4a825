// SPDX-License-Identifier: Apache-2.0
/**
 * The forecast of one hourly series, without I/O.
 *
 * <pre>
 * HourlySeries ── Forecaster ─┬─ ProfileTimesLevel ── Robust
 *                             └─ Backtest ── AdaptiveBound
 *                 Forecast: fitted, or refused with a reason
 * </pre>
 *
 * Profile times level won over seasonal naive, Holt-Winters and regressions on hourly demand; no
 * model of one series foresees a launch or a match. Those are declared, and where the last week was
 * missed by too much, nothing is forecast.
 */
@NullMarked
package dev.nines.capacity.forecast;

import org.jspecify.annotations.NullMarked;
