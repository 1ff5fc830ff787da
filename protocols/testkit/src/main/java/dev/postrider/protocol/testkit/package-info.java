/**
 * For the tests of protocols: dialogues in text files, played against a session or over a socket, a
 * peer that plays the other side of one, and certificates for TLS.
 */
@NullMarked
package dev.postrider.protocol.testkit;

import org.jspecify.annotations.NullMarked;
