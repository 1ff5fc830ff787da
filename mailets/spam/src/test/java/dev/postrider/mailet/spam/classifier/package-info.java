@NullMarked
package dev.postrider.mailet.spam.classifier;

import org.jspecify.annotations.NullMarked;
