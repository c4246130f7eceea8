/**
 * What all views share: the list of views and how they load, texts, formats, themes, prompts, and
 * the way to background threads and back. FX thread unless said otherwise.
 */
@NullMarked
package dev.sluice.ui.common;

import org.jspecify.annotations.NullMarked;
