package dev.sluice.cli;

import dev.sluice.sql.BackupType;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Lets an option take a backup type by its word. */
final class BackupTypeConverter implements ITypeConverter<BackupType> {

    @Override
    public BackupType convert(String word) {
        try {
            return BackupType.of(word);
        } catch (IllegalArgumentException e) {
            TypeConversionException refusal =
                    new TypeConversionException(String.valueOf(e.getMessage()));
            refusal.initCause(e);
            throw refusal;
        }
    }
}
