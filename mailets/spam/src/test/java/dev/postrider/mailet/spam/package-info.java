@NullMarked
package dev.postrider.mailet.spam;

import org.jspecify.annotations.NullMarked;
