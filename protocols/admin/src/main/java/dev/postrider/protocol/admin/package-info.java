/** Administration over HTTP, on loopback, for those who know the token. */
@NullMarked
package dev.postrider.protocol.admin;

import org.jspecify.annotations.NullMarked;
