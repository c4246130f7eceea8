package dev.sluice.ui.backup;

import dev.sluice.job.BackupRequest;
import dev.sluice.job.BufferMemory;
import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.Compression;
import dev.sluice.sql.Scope;
import dev.sluice.sql.TailLog;
import dev.sluice.sql.TransferOptions;
import dev.sluice.ui.common.Field;
import dev.sluice.ui.common.Formats;
import dev.sluice.ui.common.Numbers;
import dev.sluice.ui.common.Texts;

import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What a backup may be asked besides the usual, checked as it is typed. FX thread. */
public final class BackupOptionsModel {

    /** Which part of each database. */
    public enum Part {
        /** All of it. */
        WHOLE,
        /** Some files and filegroups. */
        FILES,
        /** What can be written, and some read-only filegroups. */
        PARTIAL
    }

    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_DESCRIPTION = 255;
    private static final int MOST_BUFFERS = 65_536;

    private final Texts texts;
    private final ObjectProperty<Part> part = new SimpleObjectProperty<>(Part.WHOLE);
    private final BooleanProperty wholeOnly = new SimpleBooleanProperty();
    private final Field files = new Field("");
    private final Field filegroups = new Field("");
    private final ObjectProperty<Compression> compression =
            new SimpleObjectProperty<>(new Compression.ServerDefault());
    private final Field name = new Field("");
    private final Field description = new Field("");
    private final Field limitRate = new Field("");
    private final Field bufferCount = new Field("");
    private final ObjectProperty<Integer> blockSize =
            new SimpleObjectProperty<>(TransferOptions.DEFAULT.blockSize());
    private final ObjectProperty<Integer> maxTransferSize =
            new SimpleObjectProperty<>(TransferOptions.DEFAULT.maxTransferSize());
    private final ReadOnlyStringWrapper compressionProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    private int stats;

    BackupOptionsModel(Texts texts) {
        this.texts = texts;
        inputs().forEach(input -> input.addListener(changed -> check()));
        check();
    }

    private Stream<Field> fields() {
        return Stream.of(files, filegroups, name, description, limitRate, bufferCount);
    }

    /** Everything that can be changed. */
    List<Observable> inputs() {
        List<Observable> inputs = new ArrayList<>(fields().map(Field::text).toList());
        inputs.addAll(List.of(part, wholeOnly, compression, blockSize, maxTransferSize));
        return inputs;
    }

    /** Fills the form with what a request asks for. */
    void fill(BackupRequest request) {
        BackupStatement.Options options = request.options();
        fill(request.scope());
        compression.set(options.compression());
        name.reset(options.name());
        description.reset(options.description());
        stats = options.stats();
        long limit = request.limitRate();
        limitRate.reset(limit == 0 ? "" : Numbers.toMebibytes(limit));
        int count = options.transfer().bufferCount();
        bufferCount.reset(count == 0 ? "" : Integer.toString(count));
        blockSize.set(options.transfer().blockSize());
        maxTransferSize.set(options.transfer().maxTransferSize());
    }

    private void fill(Scope scope) {
        switch (scope) {
            case Scope.WholeDatabase _ -> fill(Part.WHOLE, List.of(), List.of());
            case Scope.Files some -> fill(Part.FILES, some.files(), some.filegroups());
            case Scope.ReadWriteFilegroups some -> fill(Part.PARTIAL, List.of(), some.readOnly());
        }
    }

    private void fill(Part shown, List<String> someFiles, List<String> someFilegroups) {
        part.set(shown);
        files.reset(String.join("\n", someFiles));
        filegroups.reset(String.join("\n", someFilegroups));
    }

    private static List<String> lines(Field field) {
        return field.text()
                .get()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static boolean fit(Field field) {
        return lines(field).stream().allMatch(line -> line.length() <= LONGEST_NAME);
    }

    /** Tells at each field what is wrong with it. */
    void check() {
        boolean nothing =
                effective() == Part.FILES && lines(files).isEmpty() && lines(filegroups).isEmpty();
        files.setError(
                effective() != Part.FILES || fit(files) ? "" : texts.get("backup.files.long"));
        filegroups.setError(
                effective() == Part.WHOLE || fit(filegroups) ? "" : texts.get("backup.files.long"));
        if (nothing) {
            files.setError(texts.get("backup.files.none"));
        }
        name.setError(tooLong(name, LONGEST_NAME));
        description.setError(tooLong(description, LONGEST_DESCRIPTION));
        bufferCount.setError(bufferError());
        limitRate.require(
                limitRate.isBlank() || Numbers.mebibytes(limitRate.text().get()).isPresent(),
                texts.get("backup.limitRate.wrong"));
        List<String> set = whatIsSet();
        summary.set(
                set.isEmpty()
                        ? texts.get("backup.more.none")
                        : texts.get("backup.more", String.join(", ", set)));
    }

    private String tooLong(Field field, int most) {
        return field.text().get().length() <= most ? "" : texts.get("backup.name.long", most);
    }

    private String bufferError() {
        if (!bufferCount.isBlank() && buffers().isEmpty()) {
            return texts.get("backup.bufferCount.wrong");
        }
        long needed = BufferMemory.needed(transfer());
        if (needed <= BufferMemory.most()) {
            return "";
        }
        // the size may have been chosen last
        bufferCount.touch();
        return texts.get(
                "backup.bufferCount.memory",
                Formats.bytes(needed),
                Formats.bytes(BufferMemory.most()));
    }

    private OptionalInt buffers() {
        return Numbers.whole(bufferCount.text().get(), 1, MOST_BUFFERS);
    }

    private TransferOptions transfer() {
        return new TransferOptions(blockSize.get(), buffers().orElse(0), maxTransferSize.get());
    }

    private List<String> whatIsSet() {
        List<String> set = new ArrayList<>();
        switch (effective()) {
            case WHOLE -> {}
            case FILES ->
                    set.add(
                            texts.get(
                                    "backup.more.files",
                                    lines(files).size() + lines(filegroups).size()));
            case PARTIAL -> set.add(texts.get("backup.more.partial"));
        }
        add(set, "COMPRESSION", compression.get().word());
        addIf(!name.isBlank(), set, "NAME");
        addIf(!description.isBlank(), set, "DESCRIPTION");
        if (!limitRate.isBlank() && limitRate.isGood()) {
            set.add(texts.get("backup.more.limit", limitRate.text().get().strip()));
        }
        TransferOptions usual = TransferOptions.DEFAULT;
        addUnless(set, "BLOCKSIZE", blockSize.get(), usual.blockSize());
        addUnless(set, "MAXTRANSFERSIZE", maxTransferSize.get(), usual.maxTransferSize());
        add(set, "BUFFERCOUNT", bufferCount.text().get());
        return set;
    }

    private static void add(List<String> set, String option, String value) {
        if (!value.isBlank()) {
            set.add(option + " " + value.strip());
        }
    }

    // the texts themselves would fill the line
    private static void addIf(boolean given, List<String> set, String option) {
        if (given) {
            set.add(option);
        }
    }

    private static void addUnless(List<String> set, String option, int value, int usual) {
        if (value != usual) {
            set.add(option + " " + value);
        }
    }

    private Part effective() {
        return wholeOnly.get() ? Part.WHOLE : part.get();
    }

    /** Whether nothing is wrong. */
    boolean isGood() {
        return fields().allMatch(Field::isGood);
    }

    /** The part as chosen. */
    Scope scope() {
        return switch (effective()) {
            case WHOLE -> new Scope.WholeDatabase();
            case FILES -> new Scope.Files(lines(files), lines(filegroups));
            case PARTIAL -> new Scope.ReadWriteFilegroups(lines(filegroups));
        };
    }

    /** The WITH clause, together with what stands elsewhere in the form. */
    BackupStatement.Options options(boolean copyOnly, boolean checksum, TailLog tail) {
        return new BackupStatement.Options(
                copyOnly,
                checksum,
                true,
                compression.get(),
                transfer(),
                stats,
                name.text().get(),
                description.text().get(),
                tail);
    }

    /** Bytes per second; 0 for no limit. */
    long limit() {
        return Numbers.mebibytes(limitRate.text().get()).orElse(0);
    }

    /** Which part of each database. */
    public ObjectProperty<Part> part() {
        return part;
    }

    /** Whether there is no choice: a log is of the whole database. */
    public BooleanProperty wholeOnly() {
        return wholeOnly;
    }

    /** Logical names of files, one in a line. */
    public Field files() {
        return files;
    }

    /** Names of filegroups, one in a line. */
    public Field filegroups() {
        return filegroups;
    }

    /** How the server compresses. */
    public ObjectProperty<Compression> compression() {
        return compression;
    }

    /** Shows why the compression was refused; empty for nothing. */
    void refuseCompression(String why) {
        compressionProblem.set(why);
    }

    /** Why the compression was refused; empty when it was not. */
    public ReadOnlyStringProperty compressionProblem() {
        return compressionProblem.getReadOnlyProperty();
    }

    /** NAME of the backup set. */
    public Field name() {
        return name;
    }

    /** DESCRIPTION of the backup set. */
    public Field description() {
        return description;
    }

    /** MiB per second; blank for no limit. */
    public Field limitRate() {
        return limitRate;
    }

    /** BUFFERCOUNT; blank leaves it to the server. */
    public Field bufferCount() {
        return bufferCount;
    }

    /** BLOCKSIZE in bytes; 0 leaves it to the server. */
    public ObjectProperty<Integer> blockSize() {
        return blockSize;
    }

    /** MAXTRANSFERSIZE in bytes; 0 leaves it to the server. */
    public ObjectProperty<Integer> maxTransferSize() {
        return maxTransferSize;
    }

    /** What is set here, in one line. */
    public ReadOnlyStringProperty summary() {
        return summary.getReadOnlyProperty();
    }
}
