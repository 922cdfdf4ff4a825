// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.delivery;

/**
 * What the script asks of an outbox at this instant.
 *
 * @param hold keep spans back
 * @param flush send what there is, full batch or not
 * @param resendShare part of the batches acknowledged now that are to be sent again, 0 to 1
 */
public record Orders(boolean hold, boolean flush, double resendShare) {

  public static final Orders USUAL = new Orders(false, false, 0);
  public static final Orders FLUSH = new Orders(false, true, 0);
}
