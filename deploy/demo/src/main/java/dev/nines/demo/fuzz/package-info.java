// SPDX-License-Identifier: Apache-2.0
/** Bodies that real clients sent, changed in every way, against a running collector. */
@NullMarked
package dev.nines.demo.fuzz;

import org.jspecify.annotations.NullMarked;
