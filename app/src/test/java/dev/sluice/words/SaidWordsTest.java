package dev.sluice.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ui.TranslatedTexts;
import dev.sluice.ui.common.Texts;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.jna.LibraryReport;
import dev.sluice.vdi.jna.NativeVdiException;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.words.Said;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ResourceBundle;

/** What the Virtual Device Interface says has words in every language. */
class SaidWordsTest extends TranslatedTexts {

    private static final Locale BEFORE = Locale.getDefault();

    SaidWordsTest() {
        super(Path.of("../vdi-native/src/main/resources/dev/sluice/vdi/words"), "said");
    }

    @AfterEach
    void backToOurLanguage() {
        Locale.setDefault(BEFORE);
    }

    @Test
    void noSentenceIsTakenForAnotherThatIsTold() {
        ResourceBundle told = ResourceBundle.getBundle("dev.sluice.words.told", Locale.ROOT);
        assertThat(Said.words(Locale.ROOT).keySet()).doesNotContainAnyElementsOf(told.keySet());
    }

    @Test
    void aCallThatFailedIsToldInTheWindowsLanguage() {
        VdiException failure =
                new VdiException(
                        Said.of("call.onSet", "GetConfiguration", "x"),
                        VdiStatus.INSTANCE_NAME,
                        Said.asIs("{0} 'x'"));
        Texts german = Texts.load("de");
        Locale.setDefault(german.locale());
        assertThat(german.tell(Told.of(failure)))
                .isEqualTo(
                        "GetConfiguration für den Satz „x“ ist fehlgeschlagen: VD_E_INSTANCE_NAME"
                                + " (0x80770007): der Instanzname ist unbekannt: {0} 'x'");
        assertThat(german.tell(Told.of(failure.explanation().whatToDo())))
                .contains("HOST\\SQLEXPRESS", "Standardinstanz");
    }

    @Test
    void aLibraryThatCannotBeUsedIsToldInTheWindowsLanguageWithItsCommandsAsTheyAre() {
        LibraryReport report =
                new LibraryReport(
                        "libsqlvdi.so",
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        64,
                        false,
                        Said.of("sqlvdi.noLinuxLibrary", "/lib/x.so"),
                        List.of(Said.asIs("sudo {a}"), Said.of("sqlvdi.repair")));
        NativeVdiException failure = new NativeVdiException(report);
        assertThat(failure)
                .hasMessage(
                        "/lib/x.so is no Linux library: the file is damaged, or another one. To do:"
                                + " sudo {a}; repair the SQL Server installation");
        assertThat(Texts.load("de").tell(Told.of(failure)))
                .isEqualTo(
                        "/lib/x.so ist keine Linux-Bibliothek: Die Datei ist beschädigt oder eine"
                                + " andere. Was zu tun ist: sudo {a}; reparieren Sie die"
                                + " Installation von SQL Server");
    }

    @Test
    void inEnglishItIsToldAsItIsSaid() {
        VdiException failure = new VdiException(Said.asIs("OpenDevice \"x\""), 0x80070070);
        assertThat(Told.of(failure).english()).isEqualTo(failure.getMessage());
        Said toDo = failure.explanation().whatToDo();
        assertThat(Told.of(toDo).english()).isEqualTo(toDo.toString());
    }
}
