/** What the doctor found, check by check, with what helps. FX thread. */
@NullMarked
package dev.sluice.ui.doctor;

import org.jspecify.annotations.NullMarked;
