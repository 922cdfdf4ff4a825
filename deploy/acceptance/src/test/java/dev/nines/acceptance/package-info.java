// SPDX-License-Identifier: Apache-2.0
/** Black-box tests of the built product, and the tests that keep the house in order. */
@NullMarked
package dev.nines.acceptance;

import org.jspecify.annotations.NullMarked;
