package dev.sluice.words;

/** A failure that tells its sentence, not only its English words. */
public interface Teller {

    /** What it tells; its message is the same in English. */
    Told told();
}
