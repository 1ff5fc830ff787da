@NullMarked
package dev.postrider.mailet.spam.lists;

import org.jspecify.annotations.NullMarked;
