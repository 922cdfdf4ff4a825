// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.sla;

import java.math.BigDecimal;
import java.util.List;

/**
 * What came of the customer's report.
 *
 * @param credit what the platform says is payable
 * @param expectedCredit what is payable by the shop's own log
 * @param files the report in each format, the evidence and its key
 * @param broken promises, one line each
 */
public record SlaResult(
    String customer,
    BigDecimal credit,
    String currency,
    BigDecimal expectedCredit,
    List<String> files,
    List<String> broken) {}
