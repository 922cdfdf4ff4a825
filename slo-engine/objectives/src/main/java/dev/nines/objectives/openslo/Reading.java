// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

/** How files are taken that are nearly OpenSLO v1, as those of other tools and of its own text. */
public enum Reading {
  /** Each dialect is refused; the message says how lenient reading takes it. */
  STRICT,
  /** Each dialect is read, with a warning that says as what. */
  LENIENT
}
