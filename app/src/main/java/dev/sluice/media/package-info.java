/**
 * Backup sets on disk: stripes, manifest, verification, and finding them. A set without a committed
 * manifest is not a backup.
 */
@NullMarked
package dev.sluice.media;

import org.jspecify.annotations.NullMarked;
