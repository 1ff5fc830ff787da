/**
 * POP3 server (RFC 1939) with CAPA, STLS, AUTH PLAIN, response codes and pipelining (RFC 2449,
 * 2595, 3206, 5034): a pure session, and the conversation that answers its questions.
 */
@NullMarked
package dev.postrider.protocol.pop3;

import org.jspecify.annotations.NullMarked;
