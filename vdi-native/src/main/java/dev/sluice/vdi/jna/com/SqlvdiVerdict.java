package dev.sluice.vdi.jna.com;

import dev.sluice.vdi.jna.LibraryReport;
import dev.sluice.vdi.protocol.CodeExplanation;
import dev.sluice.vdi.protocol.CodeExplanations;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Judges what was read about {@code sqlvdi.dll}, and knows what to do about it. Pure. */
final class SqlvdiVerdict {

    static final String LIBRARY = "sqlvdi.dll";

    private static final String INSTALL =
            "install SQL Server (64-bit; the Express edition is enough), which brings "
                    + LIBRARY
                    + " and registers it";

    private final SqlvdiLook look;

    private SqlvdiVerdict(SqlvdiLook look) {
        this.look = look;
    }

    static LibraryReport of(SqlvdiLook look) {
        return new SqlvdiVerdict(look).judge();
    }

    /** Nothing else was read then. */
    static LibraryReport ofUnreadableRegistration(int processBits, IOException why) {
        return new LibraryReport(
                LIBRARY,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                processBits,
                false,
                "The registration of %s cannot be read: %s.".formatted(LIBRARY, why.getMessage()),
                List.of(
                        "reg query HKCR\\CLSID\\%s\\InprocServer32 /ve /reg:64"
                                .formatted(VdiClass.CLIENT_DEVICE_SET.classId()),
                        "repair the SQL Server installation"));
    }

    private LibraryReport judge() {
        if (look.processBits() != 64) {
            return unusable(
                    "This is a %d-bit Java, and Sluice reaches %s from a 64-bit one only."
                            .formatted(look.processBits(), LIBRARY),
                    "run Sluice with a 64-bit Java");
        }
        if (look.registered().isEmpty()) {
            return notRegistered();
        }
        Path file = look.registered().get();
        if (!look.present()) {
            return unusable(
                    "%s is registered as \"%s\", but there is no such file."
                            .formatted(LIBRARY, file),
                    registerOrInstall());
        }
        if (look.unreadable().isPresent()) {
            return unusable(
                    "\"%s\" cannot be read: %s.".formatted(file, look.unreadable().get()),
                    "give this account the right to read the file, or run as an administrator");
        }
        if (look.libraryBits().isEmpty()) {
            return unusable(
                    "\"%s\" is no Windows library: the file is damaged.".formatted(file),
                    "repair the SQL Server installation");
        }
        if (look.libraryBits().getAsInt() != look.processBits()) {
            return unusable(
                    "\"%s\" is a %d-bit library, which a %d-bit Java cannot load."
                            .formatted(file, look.libraryBits().getAsInt(), look.processBits()),
                    registerOrInstall());
        }
        return tried(file);
    }

    private LibraryReport notRegistered() {
        String for32Bit =
                look.registeredFor32Bit()
                        .map(
                                file ->
                                        " Only a 32-bit one is, \"%s\", which a 64-bit Java cannot load."
                                                .formatted(file))
                        .orElse("");
        return unusable(
                "No %s is registered for 64-bit processes.%s".formatted(LIBRARY, for32Bit),
                registerOrInstall());
    }

    private LibraryReport tried(Path file) {
        if (look.creation().isEmpty()) {
            throw new IllegalStateException("A library that fits was not tried: " + look);
        }
        int hresult = look.creation().getAsInt();
        if (hresult >= 0) {
            return report(
                    true, "\"%s\" is registered and makes device sets.".formatted(file), List.of());
        }
        CodeExplanation why = CodeExplanations.ofHresult(hresult);
        return unusable(
                "\"%s\" is registered, but making a device set failed: %s. %s"
                        .formatted(file, why, why.likelyCause()),
                "run as an administrator: " + registration(file),
                why.whatToDo().toString());
    }

    private String[] registerOrInstall() {
        List<String> remedies = new ArrayList<>();
        for (Path file : look.installed()) {
            remedies.add("run as an administrator: " + registration(file));
        }
        remedies.add(INSTALL);
        return remedies.toArray(String[]::new);
    }

    private static String registration(Path file) {
        return "regsvr32 \"%s\"".formatted(file);
    }

    private LibraryReport unusable(String finding, String... remedies) {
        return report(false, finding, List.of(remedies));
    }

    private LibraryReport report(boolean usable, String finding, List<String> remedies) {
        return new LibraryReport(
                LIBRARY,
                look.registered(),
                look.version(),
                look.libraryBits(),
                look.processBits(),
                usable,
                finding,
                remedies);
    }
}
