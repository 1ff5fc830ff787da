/** The name service on dnsjava: asks resolvers, follows CNAMEs, remembers answers. */
@NullMarked
package dev.postrider.kernel.resolver;

import org.jspecify.annotations.NullMarked;
