/** Tests of the whole server: the packaged launcher as a process of its own, real sockets. */
@NullMarked
package dev.postrider.dist.server;

import org.jspecify.annotations.NullMarked;
