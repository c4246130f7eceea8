/** The manual of the commands, made where their parts can be reached; no part of the product. */
@NullMarked
package dev.sluice.cli;

import org.jspecify.annotations.NullMarked;
