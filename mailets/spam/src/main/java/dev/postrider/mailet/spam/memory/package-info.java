/** Small facts about many things, kept within bounds in the state of the plugin. */
@NullMarked
package dev.postrider.mailet.spam.memory;

import org.jspecify.annotations.NullMarked;
