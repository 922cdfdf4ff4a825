// SPDX-License-Identifier: Apache-2.0
/** Column-wise building of ClickHouse Native blocks, without objects per row. */
@NullMarked
package dev.nines.warehouse.block;

import org.jspecify.annotations.NullMarked;
