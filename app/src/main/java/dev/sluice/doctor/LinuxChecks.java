package dev.sluice.doctor;

import dev.sluice.doctor.Accounts.Group;
import dev.sluice.doctor.Accounts.User;
import dev.sluice.words.Told;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What {@code libsqlvdi.so} needs of a Linux machine: shared memory that is large enough, and that
 * either end may open what the other made (vdi-facts section D).
 */
final class LinuxChecks {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path USERS = Path.of("/etc/passwd");
    private static final Path GROUPS = Path.of("/etc/group");
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final List<Path> SIGNS_OF_A_CONTAINER =
            List.of(Path.of("/.dockerenv"), Path.of("/run/.containerenv"));

    /** The account of SQL Server, and its group. */
    private static final String SERVER = "mssql";

    private static final long ROOT = 0;
    private static final int GROUP_BITS = 0070;
    private static final long ENOUGH_SHARED_MEMORY = 1L << 30;

    private static final Check.Subject CLIENT_GROUP =
            new Check.Subject("group.client", Told.of("check.clientGroup"));
    private static final Check.Subject SERVER_GROUP =
            new Check.Subject("group.server", Told.of("check.serverGroup"));
    private static final Check.Subject UMASK = new Check.Subject("umask", Told.asIs("umask"));
    private static final Check.Subject SHARED =
            new Check.Subject("shared-memory", Told.of("check.sharedMemory"));

    private final Machine machine;
    private final boolean isNeeded;

    /**
     * @param isNeeded whether SQL Server's library is on this machine
     */
    LinuxChecks(Machine machine, boolean isNeeded) {
        this.machine = machine;
        this.isNeeded = isNeeded;
    }

    List<Check> checks() {
        if (machine.platform() != Machine.Platform.LINUX) {
            return notApplicable(Told.of("found.linuxOnly"));
        }
        if (!isNeeded) {
            return notApplicable(Told.of("found.libraryOnly"));
        }
        List<Check> checks = new ArrayList<>();
        try {
            checks.addAll(accountChecks());
        } catch (IOException e) {
            Told found = Told.of("found.unreadable", e.toString());
            checks.add(CLIENT_GROUP.warning(found, Check.commands("id; id " + SERVER)));
            checks.add(SERVER_GROUP.warning(found, Check.commands("id; id " + SERVER)));
            checks.add(UMASK.warning(found, Check.commands("umask")));
        }
        checks.add(sharedMemory());
        return checks;
    }

    private static List<Check> notApplicable(Told why) {
        return List.of(
                CLIENT_GROUP.notApplicable(why),
                SERVER_GROUP.notApplicable(why),
                UMASK.notApplicable(why),
                SHARED.notApplicable(why));
    }

    // ---- who may open what

    private List<Check> accountChecks() throws IOException {
        ProcessStatus process = new ProcessStatus(machine.read(STATUS).orElse(""));
        Accounts accounts =
                new Accounts(machine.read(USERS).orElse(""), machine.read(GROUPS).orElse(""));
        return List.of(
                clientGroup(process, accounts), serverGroup(process, accounts), umask(process));
    }

    private static Check clientGroup(ProcessStatus process, Accounts accounts) {
        long user = process.user().orElse(-1);
        Optional<Group> group = accounts.group(SERVER);
        if (isServer(user, accounts)) {
            return CLIENT_GROUP.ok(Told.of("found.isServer"));
        }
        if (user == ROOT) {
            return CLIENT_GROUP.ok(Told.of("found.isRoot"));
        }
        if (group.isEmpty()) {
            return CLIENT_GROUP.warning(
                    Told.of("found.noGroup"), Check.commands("getent group mssql; id"));
        }
        if (process.group().orElse(-1) == group.get().id()
                || process.groups().contains(group.get().id())) {
            return CLIENT_GROUP.ok(Told.of("found.hasGroup"));
        }
        boolean isListed =
                accounts.user(user)
                        .filter(known -> Accounts.isMember(known, group.get()))
                        .isPresent();
        return isListed
                ? CLIENT_GROUP.failed(
                        Told.of("found.groupNotYet"),
                        List.of(Told.asIs("newgrp mssql"), Told.of("fix.orSignInAgain")))
                : CLIENT_GROUP.failed(
                        Told.of("found.notInGroup"),
                        List.of(
                                Told.asIs("sudo usermod -aG mssql \"$(id -un)\""),
                                Told.of("fix.thenSignInAgain")));
    }

    private static Check serverGroup(ProcessStatus process, Accounts accounts) {
        long user = process.user().orElse(-1);
        if (isServer(user, accounts)) {
            return SERVER_GROUP.ok(Told.of("found.isServer"));
        }
        Optional<User> server = accounts.user(SERVER);
        Optional<Group> own = accounts.group(process.group().orElse(-1));
        if (server.isEmpty() || own.isEmpty()) {
            return SERVER_GROUP.warning(Told.of("found.noAccount"), Check.commands("id mssql; id"));
        }
        if (Accounts.isMember(server.get(), own.get())) {
            return SERVER_GROUP.ok(Told.of("found.serverInGroup", own.get().name()));
        }
        if (user == ROOT) {
            return SERVER_GROUP.warning(
                    Told.of("found.serverNotRoot"), Check.commands("sudo -u mssql sluice doctor"));
        }
        return SERVER_GROUP.failed(
                Told.of("found.serverNotInGroup", own.get().name()),
                Check.commands(
                        "sudo usermod -aG %s mssql".formatted(own.get().name()),
                        "sudo systemctl restart mssql-server"));
    }

    private static boolean isServer(long user, Accounts accounts) {
        return accounts.user(SERVER).filter(server -> server.id() == user).isPresent();
    }

    private static Check umask(ProcessStatus process) {
        OptionalInt umask = process.umask();
        if (umask.isEmpty()) {
            return UMASK.ok(Told.of("found.umask.unknown"));
        }
        String value = "%04o".formatted(umask.getAsInt());
        return UMASK.ok(
                (umask.getAsInt() & GROUP_BITS) == 0
                        ? Told.of("found.umask", value)
                        : Told.of("found.umask.takes", value));
    }

    // ---- where the buffers are

    private Check sharedMemory() {
        try {
            OptionalLong size = machine.capacity(SHARED_MEMORY);
            if (size.isEmpty()) {
                return SHARED.failed(
                        Told.of("found.noSharedMemory"),
                        Check.commands(
                                "sudo mkdir -p /dev/shm",
                                "sudo mount -t tmpfs -o size=1g tmpfs /dev/shm"));
            }
            return size.getAsLong() < ENOUGH_SHARED_MEMORY
                    ? tooSmall(new Told.Rounded(size.getAsLong()))
                    : SHARED.ok(Told.of("found.sharedMemory", new Told.Rounded(size.getAsLong())));
        } catch (IOException e) {
            return SHARED.warning(
                    Told.of("found.sharedMemory.unreadable", e.toString()),
                    Check.commands("df -h /dev/shm"));
        }
    }

    private Check tooSmall(Told.Rounded size) throws IOException {
        if (isContainer()) {
            return SHARED.warning(
                    Told.of("found.sharedMemory.container", size),
                    Check.commands(
                            "docker run --shm-size 1g …",
                            "/opt/mssql/bin/mssql-conf set memory.enablecontainersharedmemory"
                                    + " true"));
        }
        return SHARED.warning(
                Told.of("found.sharedMemory.small", size),
                Check.commands("sudo mount -o remount,size=1g /dev/shm"));
    }

    private boolean isContainer() throws IOException {
        for (Path sign : SIGNS_OF_A_CONTAINER) {
            if (machine.read(sign).isPresent()) {
                return true;
            }
        }
        return false;
    }
}
