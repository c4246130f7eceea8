/**
 * The D-Bus of a Linux desktop's session, as far as the Secret Service and notifications need it.
 */
@NullMarked
package dev.sluice.bus;

import org.jspecify.annotations.NullMarked;
