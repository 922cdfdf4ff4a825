// SPDX-License-Identifier: Apache-2.0
/**
 * Every panel of {@code dashboards/grafana} is asked as Grafana would ask it, and its answer held
 * against the shop's own log and the API. How a check is written: {@code dashboards/README.md}.
 */
@NullMarked
package dev.nines.demo.panels;

import org.jspecify.annotations.NullMarked;
