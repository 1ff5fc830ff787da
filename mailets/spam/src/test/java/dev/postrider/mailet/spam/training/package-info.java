@NullMarked
package dev.postrider.mailet.spam.training;

import org.jspecify.annotations.NullMarked;
