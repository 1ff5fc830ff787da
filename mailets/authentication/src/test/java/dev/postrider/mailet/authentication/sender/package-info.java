@NullMarked
package dev.postrider.mailet.authentication.sender;

import org.jspecify.annotations.NullMarked;
