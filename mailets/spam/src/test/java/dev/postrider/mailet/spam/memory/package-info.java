@NullMarked
package dev.postrider.mailet.spam.memory;

import org.jspecify.annotations.NullMarked;
