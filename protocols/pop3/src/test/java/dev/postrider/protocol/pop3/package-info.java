/** Tests of the POP3 rules, of the server over real sockets, and its throughput. */
@NullMarked
package dev.postrider.protocol.pop3;

import org.jspecify.annotations.NullMarked;
