/**
 * What {@code sluice doctor} looks at: whether this machine, its folders and its libraries are fit
 * for backups, and what to do where they are not. Nothing here needs a server, and nothing is
 * changed but a probe file that is removed again.
 */
@NullMarked
package dev.sluice.doctor;

import org.jspecify.annotations.NullMarked;
