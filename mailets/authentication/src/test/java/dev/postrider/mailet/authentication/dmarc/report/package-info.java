@NullMarked
package dev.postrider.mailet.authentication.dmarc.report;

import org.jspecify.annotations.NullMarked;
