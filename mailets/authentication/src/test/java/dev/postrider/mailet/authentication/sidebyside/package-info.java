@NullMarked
package dev.postrider.mailet.authentication.sidebyside;

import org.jspecify.annotations.NullMarked;
