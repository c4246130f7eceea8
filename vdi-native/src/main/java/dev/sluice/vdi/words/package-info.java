/**
 * What the Virtual Device Interface says to people, as sentences with their values, and its words
 * in every language. Any thread.
 */
@NullMarked
package dev.sluice.vdi.words;

import org.jspecify.annotations.NullMarked;
