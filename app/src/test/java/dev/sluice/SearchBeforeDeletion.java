package dev.sluice;

import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirDeletionStrategy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Looks for passwords in all that a test left in its temporary folder before it is removed:
 * profiles, servers, history, logs, backup sets. Named in {@code junit-platform.properties}.
 */
public final class SearchBeforeDeletion implements TempDirDeletionStrategy {

    @Override
    public DeletionResult delete(
            Path folder, AnnotatedElementContext element, ExtensionContext context)
            throws IOException {
        List<Path> found = Passwords.under(folder);
        DeletionResult result = Standard.INSTANCE.delete(folder, element, context);
        if (!found.isEmpty()) {
            throw new AssertionError("a password of the test was in " + found);
        }
        return result;
    }
}
