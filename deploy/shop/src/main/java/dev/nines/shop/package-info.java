// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.nines.shop;

import org.jspecify.annotations.NullMarked;
