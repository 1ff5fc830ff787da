@NullMarked
package dev.postrider.mailet.spam.score;

import org.jspecify.annotations.NullMarked;
