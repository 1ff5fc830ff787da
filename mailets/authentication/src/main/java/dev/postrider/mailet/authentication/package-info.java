/** Who sent a mail, and whether they may: what the DNS and signatures say about it. */
@NullMarked
package dev.postrider.mailet.authentication;

import org.jspecify.annotations.NullMarked;
