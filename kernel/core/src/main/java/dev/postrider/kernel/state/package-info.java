/** What plugins remember: values by key for each plugin, beside the mail. */
@NullMarked
package dev.postrider.kernel.state;

import org.jspecify.annotations.NullMarked;
