@NullMarked
package dev.postrider.mailet.filtering.daemon;

import org.jspecify.annotations.NullMarked;
