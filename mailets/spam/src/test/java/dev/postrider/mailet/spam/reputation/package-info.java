@NullMarked
package dev.postrider.mailet.spam.reputation;

import org.jspecify.annotations.NullMarked;
