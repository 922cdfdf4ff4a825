// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.nines.demo;

import org.jspecify.annotations.NullMarked;
