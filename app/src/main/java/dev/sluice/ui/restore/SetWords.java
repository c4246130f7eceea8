package dev.sluice.ui.restore;

import dev.sluice.media.BackupSet;
import dev.sluice.media.Manifest;
import dev.sluice.media.RestoreTimes;
import dev.sluice.ui.common.Formats;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.common.TypeText;

/** Backup sets in words. */
final class SetWords {

    private final Texts texts;

    SetWords(Texts texts) {
        this.texts = texts;
    }

    /** What a set holds. */
    String type(BackupSet set) {
        Manifest manifest = set.manifest();
        String type = texts.of("restore.type", manifest.type());
        String scope = manifest.scope();
        return scope == null
                ? type
                : texts.get("restore.type.part", type, TypeText.scope(scope, texts));
    }

    /** A set in a line. */
    String line(BackupSet set) {
        Manifest manifest = set.manifest();
        return texts.get(
                "restore.set",
                type(set),
                MomentText.write(RestoreTimes.reach(set)),
                Formats.bytes(manifest.storedSize()),
                manifest.stripes().size());
    }
}
