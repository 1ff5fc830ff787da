@NullMarked
package dev.postrider.mailet.spam.mime;

import org.jspecify.annotations.NullMarked;
