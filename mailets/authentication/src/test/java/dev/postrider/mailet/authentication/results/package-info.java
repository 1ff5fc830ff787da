@NullMarked
package dev.postrider.mailet.authentication.results;

import org.jspecify.annotations.NullMarked;
