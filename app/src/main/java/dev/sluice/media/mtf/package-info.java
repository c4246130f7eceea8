/**
 * Microsoft Tape Format as SQL Server writes it: layouts, writer, reader and page checksums. Both
 * the embedded server's streams and real SQL Server backups are read by the same code. No threads
 * of its own; no object here is for more than one thread, the static methods are for any.
 *
 * <p>{@link dev.sluice.media.mtf.MtfWriter} makes a stream, {@link dev.sluice.media.mtf.MtfReader}
 * takes one apart as it arrives, {@link dev.sluice.media.mtf.MtfInspector} does so for its own sake
 * and reports. Offsets stand in the {@code …Layout} classes and nowhere else.
 *
 * <p>What a checksum covers: block and stream headers their own; pages their own, when flagged; the
 * data of MQDA and MQTL a CSUM stream, when taken WITH CHECKSUM. Our streams then have one for MQCI
 * as well. Without any are the fields of a block after its common header, the RAID stream and
 * padding: what guards those is the digest of the stripe.
 */
@NullMarked
package dev.sluice.media.mtf;

import org.jspecify.annotations.NullMarked;
