@NullMarked
package dev.postrider.mailet.authentication.lookup;

import org.jspecify.annotations.NullMarked;
