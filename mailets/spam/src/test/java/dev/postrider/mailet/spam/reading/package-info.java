@NullMarked
package dev.postrider.mailet.spam.reading;

import org.jspecify.annotations.NullMarked;
