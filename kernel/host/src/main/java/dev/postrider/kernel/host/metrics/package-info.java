/** Figures of the server and of plugins, in Micrometer; made when somebody asks for one. */
@NullMarked
package dev.postrider.kernel.host.metrics;

import org.jspecify.annotations.NullMarked;
