/**
 * Passwords and other secrets: where they come from and where they are kept. A secret is never part
 * of a file of Sluice's own, a log line, an argument, the text of an exception or of anything that
 * can be printed. Stores and sources may be used from any thread; they wait for people and for
 * other processes, so never on the window's.
 */
@NullMarked
package dev.sluice.secret;

import org.jspecify.annotations.NullMarked;
