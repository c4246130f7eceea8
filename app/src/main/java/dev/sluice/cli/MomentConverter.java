package dev.sluice.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Lets options take a moment of the server's time, with {@code T} or a blank before the hour. */
final class MomentConverter implements ITypeConverter<LocalDateTime> {

    @Override
    public LocalDateTime convert(String text) {
        String iso = text.strip().toUpperCase(Locale.ROOT).replace(' ', 'T');
        try {
            return iso.contains("T")
                    ? LocalDateTime.parse(iso)
                    : LocalDate.parse(iso).atStartOfDay();
        } catch (DateTimeParseException e) {
            TypeConversionException refusal =
                    new TypeConversionException(
                            "\""
                                    + text
                                    + "\" is no date and time such as 2026-01-02T03:04:05; it is"
                                    + " the server's time, without a zone");
            refusal.initCause(e);
            throw refusal;
        }
    }
}
