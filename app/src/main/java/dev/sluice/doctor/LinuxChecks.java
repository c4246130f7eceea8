package dev.sluice.doctor;

import dev.sluice.doctor.Accounts.Group;
import dev.sluice.doctor.Accounts.User;

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
            new Check.Subject("group.client", "This account in group mssql");
    private static final Check.Subject SERVER_GROUP =
            new Check.Subject("group.server", "mssql in this account's group");
    private static final Check.Subject UMASK = new Check.Subject("umask", "umask");
    private static final Check.Subject SHARED =
            new Check.Subject("shared-memory", "Shared memory, /dev/shm");

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
            return notApplicable("It plays a part on Linux only.");
        }
        if (!isNeeded) {
            return notApplicable("It plays a part with libsqlvdi.so only.");
        }
        List<Check> checks = new ArrayList<>();
        try {
            checks.addAll(accountChecks());
        } catch (IOException e) {
            String found = "The system's files cannot be read: " + e;
            checks.add(CLIENT_GROUP.warning(found, List.of("id; id " + SERVER)));
            checks.add(SERVER_GROUP.warning(found, List.of("id; id " + SERVER)));
            checks.add(UMASK.warning(found, List.of("umask")));
        }
        checks.add(sharedMemory());
        return checks;
    }

    private static List<Check> notApplicable(String why) {
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
            return CLIENT_GROUP.ok("Sluice runs as " + SERVER + " itself.");
        }
        if (user == ROOT) {
            return CLIENT_GROUP.ok("Sluice runs as root, who may open what belongs to mssql.");
        }
        if (group.isEmpty()) {
            return CLIENT_GROUP.warning(
                    "There is no group mssql in /etc/group; a directory service may have it.",
                    List.of("getent group mssql; id"));
        }
        if (process.group().orElse(-1) == group.get().id()
                || process.groups().contains(group.get().id())) {
            return CLIENT_GROUP.ok("This process has the group mssql.");
        }
        boolean isListed =
                accounts.user(user)
                        .filter(known -> Accounts.isMember(known, group.get()))
                        .isPresent();
        return isListed
                ? CLIENT_GROUP.failed(
                        "This account is in the group mssql, and this process is not: groups are"
                                + " given when a session starts.",
                        List.of("newgrp mssql", "or log out and in again"))
                : CLIENT_GROUP.failed(
                        "This account is not in the group mssql, so it cannot open the server's"
                                + " shared memory.",
                        List.of(
                                "sudo usermod -aG mssql \"$(id -un)\"",
                                "then log out and in again"));
    }

    private static Check serverGroup(ProcessStatus process, Accounts accounts) {
        long user = process.user().orElse(-1);
        if (isServer(user, accounts)) {
            return SERVER_GROUP.ok("Sluice runs as " + SERVER + " itself.");
        }
        Optional<User> server = accounts.user(SERVER);
        Optional<Group> own = accounts.group(process.group().orElse(-1));
        if (server.isEmpty() || own.isEmpty()) {
            return SERVER_GROUP.warning(
                    "The account mssql or this account's group is not in /etc/passwd and"
                            + " /etc/group; a directory service may have them.",
                    List.of("id mssql; id"));
        }
        if (Accounts.isMember(server.get(), own.get())) {
            return SERVER_GROUP.ok(
                    "mssql is in %s, the group of what Sluice creates."
                            .formatted(own.get().name()));
        }
        if (user == ROOT) {
            return SERVER_GROUP.warning(
                    "Sluice runs as root, and mssql cannot open what root creates.",
                    List.of("sudo -u mssql sluice doctor"));
        }
        return SERVER_GROUP.failed(
                "mssql is not in %s, so the server cannot open the shared memory of Sluice."
                        .formatted(own.get().name()),
                List.of(
                        "sudo usermod -aG %s mssql".formatted(own.get().name()),
                        "sudo systemctl restart mssql-server"));
    }

    private static boolean isServer(long user, Accounts accounts) {
        return accounts.user(SERVER).filter(server -> server.id() == user).isPresent();
    }

    private static Check umask(ProcessStatus process) {
        OptionalInt umask = process.umask();
        if (umask.isEmpty()) {
            return UMASK.ok(
                    "This kernel does not tell it; Sluice leaves the group its rights while it"
                            + " creates a device set.");
        }
        String value = "%04o".formatted(umask.getAsInt());
        return UMASK.ok(
                (umask.getAsInt() & GROUP_BITS) == 0
                        ? value + " leaves the group its rights."
                        : value
                                + " takes rights from the group; Sluice leaves them while it"
                                + " creates a device set.");
    }

    // ---- where the buffers are

    private Check sharedMemory() {
        try {
            OptionalLong size = machine.capacity(SHARED_MEMORY);
            if (size.isEmpty()) {
                return SHARED.failed(
                        "There is no /dev/shm, so no device set can be created.",
                        List.of(
                                "sudo mkdir -p /dev/shm",
                                "sudo mount -t tmpfs -o size=1g tmpfs /dev/shm"));
            }
            return size.getAsLong() < ENOUGH_SHARED_MEMORY
                    ? tooSmall(Sizes.of(size.getAsLong()))
                    : SHARED.ok("It has %s.".formatted(Sizes.of(size.getAsLong())));
        } catch (IOException e) {
            return SHARED.warning("Its size cannot be read: " + e, List.of("df -h /dev/shm"));
        }
    }

    private Check tooSmall(String size) throws IOException {
        if (isContainer()) {
            return SHARED.warning(
                    "It has %s; SQL Server in a container needs at least 1 GiB.".formatted(size),
                    List.of(
                            "docker run --shm-size 1g …",
                            "/opt/mssql/bin/mssql-conf set memory.enablecontainersharedmemory"
                                    + " true"));
        }
        return SHARED.warning(
                "It has %s; with many or large buffers device sets fail to open.".formatted(size),
                List.of("sudo mount -o remount,size=1g /dev/shm"));
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
