/**
 * Backup and restore as jobs: requests, the state machine, progress, the drain, outcome; profiles,
 * servers and history. The window and the command line are two faces of this package. A job runs on
 * threads of its own; its methods may be called from any.
 */
@NullMarked
package dev.sluice.job;

import org.jspecify.annotations.NullMarked;
