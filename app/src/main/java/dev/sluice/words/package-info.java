/**
 * What Sluice tells, as sentences with their values, and how words are made of it: English for logs
 * and the command line, the language of the window there. Any thread.
 */
@NullMarked
package dev.sluice.words;

import org.jspecify.annotations.NullMarked;
