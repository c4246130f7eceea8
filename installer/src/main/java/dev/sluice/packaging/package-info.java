/** What the packages are made with; no part of the product. */
@NullMarked
package dev.sluice.packaging;

import org.jspecify.annotations.NullMarked;
