@NullMarked
package dev.postrider.mailet.filtering;

import org.jspecify.annotations.NullMarked;
