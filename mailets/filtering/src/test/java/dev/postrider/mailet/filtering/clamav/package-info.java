@NullMarked
package dev.postrider.mailet.filtering.clamav;

import org.jspecify.annotations.NullMarked;
