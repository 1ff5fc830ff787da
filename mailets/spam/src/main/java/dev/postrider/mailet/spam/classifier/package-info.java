/** A classifier that learns from mails which words belong to wanted and unwanted ones. */
@NullMarked
package dev.postrider.mailet.spam.classifier;

import org.jspecify.annotations.NullMarked;
