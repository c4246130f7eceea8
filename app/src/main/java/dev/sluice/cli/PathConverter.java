package dev.sluice.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Lets options take paths. A blank one, such as a script's variable that was never set, is refused:
 * it would mean the current folder.
 */
final class PathConverter implements ITypeConverter<Path> {

    @Override
    public Path convert(String text) {
        if (text.isBlank()) {
            throw new TypeConversionException("the path is blank; \".\" is the current folder");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            TypeConversionException refusal =
                    new TypeConversionException("\"" + text + "\" is no path: " + e.getReason());
            refusal.initCause(e);
            throw refusal;
        }
    }
}
