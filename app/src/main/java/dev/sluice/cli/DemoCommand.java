package dev.sluice.cli;

import dev.sluice.job.BackupRequest;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.TransferOptions;
import dev.sluice.sql.embedded.SampleDatabase;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Path;

/** {@code sluice demo}. */
@Command(
        name = "demo",
        description = {
            "Shows that it works: creates a sample database on the embedded server, backs it up"
                    + " through the Virtual Device Interface, verifies the set, restores it under"
                    + " another name, and compares every row. Nothing is left behind."
        },
        footer = {
            "Example:",
            "  sluice demo --size 512M",
            "",
            "Exit codes: 0 every row is equal, 1 failed, 2 wrong usage, 130 cancelled."
        })
final class DemoCommand extends SluiceSubcommand {

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            defaultValue = "16M",
            converter = ByteSizeConverter.class,
            description = "About how large the sample is; ${DEFAULT-VALUE} unless given.")
    private long size;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "4",
            description = "Devices, and so stripes: 1 to 64; ${DEFAULT-VALUE} unless given.")
    private int devices;

    @Option(names = "--keep", description = "Keep both databases and the backup set.")
    private boolean keep;

    DemoCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        fromOptions(this::checkedSize);
        // refused before anything is made
        BackupRequest checked = fromOptions(() -> request(Path.of("")));
        try (DemoTraces traces = new DemoTraces(context(), checked.database(), keep)) {
            return new Demo(context(), request(traces.folder()), traces.copy(), size).run();
        }
    }

    private long checkedSize() {
        if (size < SampleDatabase.MIN_SIZE) {
            throw new IllegalArgumentException("--size " + size + ": the sample has at least 1M");
        }
        return size;
    }

    private BackupRequest request(Path destination) {
        return new BackupRequest(
                "embedded",
                "SluiceDemo-" + ProcessHandle.current().pid(),
                BackupType.FULL,
                false,
                true,
                destination,
                devices,
                TransferOptions.DEFAULT,
                0);
    }
}
