package dev.sluice.job;

import dev.sluice.files.PrivateFiles;

import net.harawata.appdirs.AppDirs;
import net.harawata.appdirs.AppDirsFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where Sluice keeps its own files. Every folder is made readable by its owner only.
 *
 * @param config profiles, servers and settings
 * @param data databases of the embedded server
 * @param state history of runs, logs
 */
public record Folders(Path config, Path data, Path state) {

    /** The environment variable that puts all three folders under one. */
    public static final String HOME_VARIABLE = "SLUICE_HOME";

    /**
     * The folders for this environment: under {@value #HOME_VARIABLE} when that is set, otherwise
     * where the platform keeps such files. Nothing is created.
     */
    public static Folders of(Map<String, String> environment) {
        String home = environment.get(HOME_VARIABLE);
        return home == null || home.isBlank() ? ofPlatform() : under(Path.of(home));
    }

    /** The folders {@code config}, {@code data} and {@code state} under one folder. */
    public static Folders under(Path home) {
        Path absolute = home.toAbsolutePath().normalize();
        return new Folders(
                absolute.resolve("config"), absolute.resolve("data"), absolute.resolve("state"));
    }

    /** Makes the folders that do not exist yet. */
    public void create() throws IOException {
        PrivateFiles.createFolders(config);
        PrivateFiles.createFolders(data);
        PrivateFiles.createFolders(state);
    }

    /** Where profiles are. */
    Path profiles() {
        return config.resolve("profiles");
    }

    /** Where the servers are that the user added. */
    Path servers() {
        return config.resolve("servers");
    }

    /** Where the history of runs is. */
    Path history() {
        return state.resolve("history");
    }

    /** The program's own log: {@code sluice.log}, and its predecessors beside it. */
    public Path log() {
        return state.resolve("log");
    }

    private static Folders ofPlatform() {
        AppDirs dirs = AppDirsFactory.getInstance();
        Path data = Path.of(dirs.getUserDataDir("sluice", null, null));
        return new Folders(
                Path.of(dirs.getUserConfigDir("sluice", null, null)).resolve("config"),
                data.resolve("data"),
                data.resolve("state"));
    }
}
