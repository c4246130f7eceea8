package dev.sluice.vdi.jna.com;

import dev.sluice.vdi.jna.LibraryReport;
import dev.sluice.vdi.protocol.CodeExplanation;
import dev.sluice.vdi.protocol.CodeExplanations;
import dev.sluice.vdi.words.Said;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Judges what was read about {@code sqlvdi.dll}, and knows what to do about it. Pure. */
final class SqlvdiVerdict {

    static final String LIBRARY = "sqlvdi.dll";

    private static final Said INSTALL = Said.of("sqlvdi.install", LIBRARY);
    private static final Said REPAIR = Said.of("sqlvdi.repair");

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
                Said.of("sqlvdi.registration", LIBRARY, String.valueOf(why.getMessage())),
                List.of(
                        Said.asIs(
                                "reg query HKCR\\CLSID\\%s\\InprocServer32 /ve /reg:64"
                                        .formatted(VdiClass.CLIENT_DEVICE_SET.classId())),
                        REPAIR));
    }

    private LibraryReport judge() {
        if (look.processBits() != 64) {
            return unusable(
                    Said.of("sqlvdi.otherJava", look.processBits(), LIBRARY),
                    Said.of("sqlvdi.use64"));
        }
        if (look.registered().isEmpty()) {
            return notRegistered();
        }
        Path file = look.registered().get();
        if (!look.present()) {
            return unusable(Said.of("sqlvdi.leadsNowhere", LIBRARY, file), registerOrInstall());
        }
        if (look.unreadable().isPresent()) {
            return unusable(
                    Said.of("sqlvdi.unreadable.windows", file, look.unreadable().get()),
                    Said.of("sqlvdi.mayRead"));
        }
        if (look.libraryBits().isEmpty()) {
            return unusable(Said.of("sqlvdi.noWindowsLibrary", file), REPAIR);
        }
        if (look.libraryBits().getAsInt() != look.processBits()) {
            return unusable(
                    Said.of(
                            "sqlvdi.otherBits",
                            file,
                            look.libraryBits().getAsInt(),
                            look.processBits()),
                    registerOrInstall());
        }
        return tried(file);
    }

    private LibraryReport notRegistered() {
        Said finding =
                look.registeredFor32Bit()
                        .map(file -> Said.of("sqlvdi.only32", LIBRARY, file))
                        .orElse(Said.of("sqlvdi.notRegistered", LIBRARY));
        return unusable(finding, registerOrInstall());
    }

    private LibraryReport tried(Path file) {
        if (look.creation().isEmpty()) {
            throw new IllegalStateException("A library that fits was not tried: " + look);
        }
        int hresult = look.creation().getAsInt();
        if (hresult >= 0) {
            return report(true, Said.of("sqlvdi.works", file), List.of());
        }
        CodeExplanation why = CodeExplanations.ofHresult(hresult);
        return unusable(
                Said.of("sqlvdi.refuses", file, why.said(), why.likelyCause()),
                registration(file),
                why.whatToDo());
    }

    private Said[] registerOrInstall() {
        List<Said> remedies = new ArrayList<>();
        for (Path file : look.installed()) {
            remedies.add(registration(file));
        }
        remedies.add(INSTALL);
        return remedies.toArray(Said[]::new);
    }

    private static Said registration(Path file) {
        return Said.of("sqlvdi.register", "regsvr32 \"%s\"".formatted(file));
    }

    private LibraryReport unusable(Said finding, Said... remedies) {
        return report(false, finding, List.of(remedies));
    }

    private LibraryReport report(boolean usable, Said finding, List<Said> remedies) {
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
