// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.nines.acceptance;

import org.jspecify.annotations.NullMarked;
