/** Domain-based Message Authentication, Reporting and Conformance (RFC 9989). */
@NullMarked
package dev.postrider.mailet.authentication.dmarc;

import org.jspecify.annotations.NullMarked;
