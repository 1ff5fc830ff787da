/** What networks and logins may do how often, and what happens to those that misbehave. */
@NullMarked
package dev.postrider.kernel.guard;

import org.jspecify.annotations.NullMarked;
