@NullMarked
package dev.postrider.mailet.filtering.hook;

import org.jspecify.annotations.NullMarked;
