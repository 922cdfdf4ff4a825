// SPDX-License-Identifier: Apache-2.0
/** A report as people read it. HTML is also what the PDF is made from. */
@NullMarked
package dev.nines.reports.render;

import org.jspecify.annotations.NullMarked;
