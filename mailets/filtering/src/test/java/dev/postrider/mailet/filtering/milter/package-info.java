@NullMarked
package dev.postrider.mailet.filtering.milter;

import org.jspecify.annotations.NullMarked;
