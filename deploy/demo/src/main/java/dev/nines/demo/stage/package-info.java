// SPDX-License-Identifier: Apache-2.0
/** The processes of the demo and the doors through which the director talks to them. */
@NullMarked
package dev.nines.demo.stage;

import org.jspecify.annotations.NullMarked;
