@NullMarked
package dev.postrider.mailet.authentication.dmarc;

import org.jspecify.annotations.NullMarked;
