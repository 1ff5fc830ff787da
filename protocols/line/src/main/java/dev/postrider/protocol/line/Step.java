package dev.postrider.protocol.line;

/**
 * What a session makes of an input.
 *
 * @param state the session from now on
 * @param reply text to write first, lines ended by CRLF, may be empty; sent as UTF-8
 * @param next what the session wants then
 */
public record Step<S, Q>(S state, String reply, Next<Q> next) {}
