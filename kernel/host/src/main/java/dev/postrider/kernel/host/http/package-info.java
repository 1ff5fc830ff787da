/**
 * HTTP on behalf of plugins: one request over one connection to an address that was checked before.
 */
@NullMarked
package dev.postrider.kernel.host.http;

import org.jspecify.annotations.NullMarked;
