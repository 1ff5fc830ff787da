/**
 * The server's configuration as records, and the reader that makes them from {@code
 * conf/postrider.xml} or names every problem of the file.
 */
@NullMarked
package dev.postrider.kernel.host.config;

import org.jspecify.annotations.NullMarked;
