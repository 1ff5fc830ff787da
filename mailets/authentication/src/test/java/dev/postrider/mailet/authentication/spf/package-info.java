@NullMarked
package dev.postrider.mailet.authentication.spf;

import org.jspecify.annotations.NullMarked;
