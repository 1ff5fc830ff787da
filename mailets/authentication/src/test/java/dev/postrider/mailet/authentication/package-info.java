@NullMarked
package dev.postrider.mailet.authentication;

import org.jspecify.annotations.NullMarked;
