/**
 * The window: JavaFX, with a package per view. {@link dev.sluice.ui.SluiceWindow} is the way in and
 * the composition root. Controllers are thin; view models import of JavaFX only beans and
 * collections, and belong to the FX thread. {@code dev.sluice.ui.common.FxThread} alone crosses to
 * it.
 */
@NullMarked
package dev.sluice.ui;

import org.jspecify.annotations.NullMarked;
