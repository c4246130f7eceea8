package dev.sluice.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Lets options take sizes such as {@code 64K}. */
final class ByteSizeConverter implements ITypeConverter<Long> {

    @Override
    public Long convert(String text) {
        try {
            return ByteSize.parse(text);
        } catch (IllegalArgumentException e) {
            TypeConversionException refusal =
                    new TypeConversionException(String.valueOf(e.getMessage()));
            refusal.initCause(e);
            throw refusal;
        }
    }
}
