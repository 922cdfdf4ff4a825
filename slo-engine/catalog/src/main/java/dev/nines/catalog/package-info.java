// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.nines.catalog;

import org.jspecify.annotations.NullMarked;
