@NullMarked
package dev.postrider.mailet.authentication.dkim;

import org.jspecify.annotations.NullMarked;
