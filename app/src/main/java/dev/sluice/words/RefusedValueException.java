package dev.sluice.words;

/** A value cannot be what it was to be. What is told says what is wrong with it. */
public final class RefusedValueException extends IllegalArgumentException implements Teller {

    private static final long serialVersionUID = 1;

    private final transient Told told;

    /** Refuses a value with a sentence. */
    public RefusedValueException(Told told) {
        super(told.english());
        this.told = told;
    }

    @Override
    public Told told() {
        return told;
    }
}
