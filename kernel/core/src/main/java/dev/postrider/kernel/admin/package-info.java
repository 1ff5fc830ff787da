/** What an administrator can do, whether by command line or over HTTP. */
@NullMarked
package dev.postrider.kernel.admin;

import org.jspecify.annotations.NullMarked;
