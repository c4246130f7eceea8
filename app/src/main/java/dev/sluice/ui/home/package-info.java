/** The first page: every database of every server, how well it is backed up, and what ran last. */
@NullMarked
package dev.sluice.ui.home;

import org.jspecify.annotations.NullMarked;
