package dev.postrider.protocol.line;

import java.util.function.Function;

/**
 * A protocol that can be served.
 *
 * @param session the rules, shared by all connections
 * @param conversations makes the one that answers for a new connection; must not block
 * @param pace how slow a peer may be
 * @param refusal what a peer hears, once, when there are too many connections; lines with CRLF
 * @param ban what a peer hears, once, whose network is banned for a time; lines with CRLF
 */
public record Service<S, Q, A>(
    Session<S, Q, A> session,
    Function<Peer, Conversation<Q, A>> conversations,
    Pace pace,
    String refusal,
    String ban) {}
