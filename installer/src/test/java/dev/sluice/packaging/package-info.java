/** Tests of the packages that this build has just made. */
@NullMarked
package dev.sluice.packaging;

import org.jspecify.annotations.NullMarked;
