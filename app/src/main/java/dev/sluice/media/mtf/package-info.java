/**
 * Microsoft Tape Format as SQL Server writes it: layouts, writer, reader and page checksums. Both
 * the embedded server's streams and real SQL Server backups are read by the same code. No threads.
 */
@NullMarked
package dev.sluice.media.mtf;

import org.jspecify.annotations.NullMarked;
