@NullMarked
package dev.postrider.mailet.spam.greylist;

import org.jspecify.annotations.NullMarked;
