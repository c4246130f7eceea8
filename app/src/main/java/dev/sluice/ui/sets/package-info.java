/**
 * The backup sets under a folder: what they are, whether they are whole, and what to do with them.
 */
@NullMarked
package dev.sluice.ui.sets;

import org.jspecify.annotations.NullMarked;
