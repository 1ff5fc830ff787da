/** How checks leave what they found (RFC 8601): as an attribute of the mail, then as its field. */
@NullMarked
package dev.postrider.mailet.authentication.results;

import org.jspecify.annotations.NullMarked;
