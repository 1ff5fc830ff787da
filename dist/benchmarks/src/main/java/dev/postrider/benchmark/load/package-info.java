/**
 * A load generator for SMTP and POP3: one thread, one selector, the JDK and nothing else, so that
 * it takes as little as possible of the machine that it shares with the server.
 */
@NullMarked
package dev.postrider.benchmark.load;

import org.jspecify.annotations.NullMarked;
