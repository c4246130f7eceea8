package dev.sluice.job;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The servers that the user added: one JSON file each, readable by its owner only, none with a
 * secret. Safe from any thread; what another process saves is seen at the next call.
 */
public final class ServerStore {

    private final NamedFiles<ServerDefinition> files;

    ServerStore(Path folder) {
        this.files = new NamedFiles<>(folder, ServerFormat.FORMAT);
    }

    /** The servers kept in these folders. */
    public static ServerStore of(Folders folders) {
        return new ServerStore(folders.servers());
    }

    /** All servers. A damaged one does not hide the others. */
    public Listing<ServerDefinition> list() throws IOException {
        return files.list();
    }

    /**
     * Reads a server.
     *
     * @throws UnknownNameException when there is none of this name; the message suggests near ones
     * @throws SavedFileException when its file is damaged or of a newer version
     */
    public ServerDefinition load(String name) throws IOException {
        return files.load(name);
    }

    /**
     * Keeps a server. Fields of an existing file that this version does not know stay in it.
     *
     * @param overwrite whether a server of the same name may be replaced
     * @throws SavedFileException when one exists that may not be replaced, or cannot be understood
     */
    public void save(ServerDefinition server, boolean overwrite) throws IOException {
        files.save(server, overwrite);
    }

    /** Refuses a name that is taken, with a {@link SavedFileException}. */
    void checkFree(String name) throws IOException {
        files.checkFree(name);
    }

    /** Removes a server; {@link UnknownNameException} when there is none of this name. */
    public void delete(String name) throws IOException {
        files.delete(name);
    }
}
