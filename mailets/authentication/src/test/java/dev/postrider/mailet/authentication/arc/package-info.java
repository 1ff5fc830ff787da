@NullMarked
package dev.postrider.mailet.authentication.arc;

import org.jspecify.annotations.NullMarked;
