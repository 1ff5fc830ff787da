/**
 * Mail on its way to other hosts: queue entries, scheduling per destination, retries, and the port
 * to the protocol client.
 */
@NullMarked
package dev.postrider.kernel.outbound;

import org.jspecify.annotations.NullMarked;
