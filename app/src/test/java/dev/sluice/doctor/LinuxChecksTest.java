package dev.sluice.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.doctor.Check.State;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;

class LinuxChecksTest {

    private static final Path SHARED = Path.of("/dev/shm");

    private final FakeMachine machine = new FakeMachine().withSqlServer();

    @Test
    void aMachineThatFitsHasNothingToDo() {
        assertThat(new LinuxChecks(machine, true).checks())
                .allSatisfy(
                        check -> {
                            assertThat(check.state()).as(check.found()).isEqualTo(State.OK);
                            assertThat(check.fixes()).isEmpty();
                        })
                .extracting(Check::id)
                .containsExactly("group.client", "group.server", "umask", "shared-memory");
    }

    @ParameterizedTest
    @EnumSource(
            value = Machine.Platform.class,
            names = {"WINDOWS", "OTHER"})
    void elsewhereTheySayThatTheyPlayNoPart(Machine.Platform platform) {
        machine.platform = platform;
        assertThat(new LinuxChecks(machine, true).checks())
                .hasSize(4)
                .allMatch(check -> check.state() == State.NOT_APPLICABLE);
    }

    @Test
    void withoutTheLibraryTheySayThatTheyPlayNoPart() {
        assertThat(new LinuxChecks(new FakeMachine(), false).checks())
                .hasSize(4)
                .allMatch(check -> check.state() == State.NOT_APPLICABLE)
                .allMatch(check -> check.found().contains("libsqlvdi.so"));
    }

    @Test
    void anAccountOutsideOfTheServersGroupIsToldHowToJoinIt() {
        machine.groups("mssql:x:10001:", "dba:x:1000:mssql");
        machine.status("Uid:\t1000\t1000", "Gid:\t1000\t1000", "Groups:\t1000");
        Check check = check("group.client");
        assertThat(check.state()).isEqualTo(State.FAILED);
        assertThat(check.fixes()).first().isEqualTo("sudo usermod -aG mssql \"$(id -un)\"");
    }

    @Test
    void aProcessOlderThanItsMembershipIsToldToStartAgain() {
        machine.status("Uid:\t1000\t1000", "Gid:\t1000\t1000", "Groups:\t24 27");
        Check check = check("group.client");
        assertThat(check.state()).isEqualTo(State.FAILED);
        assertThat(check.found()).contains("when a session starts");
        assertThat(check.fixes()).first().isEqualTo("newgrp mssql");
    }

    @ParameterizedTest
    @CsvSource({"1000, 24 10001", "10001, 24"})
    void theGroupCountsAsOwnOrAsFurtherOne(int group, String further) {
        machine.status(
                "Uid:\t1000\t1000\t1000\t1000",
                "Gid:\t1000\t%d\t1000\t1000".formatted(group),
                "Groups:\t" + further);
        assertThat(check("group.client").state()).isEqualTo(State.OK);
    }

    @Test
    void aServerOutsideOfTheAccountsGroupIsPutIntoIt() {
        machine.groups("mssql:x:10001:dba", "dba:x:1000:backup");
        Check check = check("group.server");
        assertThat(check.state()).isEqualTo(State.FAILED);
        assertThat(check.fixes())
                .containsExactly(
                        "sudo usermod -aG dba mssql", "sudo systemctl restart mssql-server");
    }

    @Test
    void theServersOwnAccountNeedsNoGroups() {
        machine.status("Umask:\t0022", "Uid:\t10001\t10001", "Gid:\t10001\t10001", "Groups:\t");
        assertThat(check("group.client").state()).isEqualTo(State.OK);
        assertThat(check("group.server").state()).isEqualTo(State.OK);
    }

    @Test
    void rootIsAdvisedToRunAsTheServer() {
        machine.status("Umask:\t0022", "Uid:\t0\t0\t0\t0", "Gid:\t0\t0\t0\t0", "Groups:\t");
        assertThat(check("group.client").state()).isEqualTo(State.OK);
        Check check = check("group.server");
        assertThat(check.state()).isEqualTo(State.WARNING);
        assertThat(check.fixes()).containsExactly("sudo -u mssql sluice doctor");
    }

    @Test
    void accountsOfADirectoryServiceAreNotJudged() {
        machine.files.put(Path.of("/etc/passwd"), "root:x:0:0:root:/root:/bin/bash\n");
        machine.groups();
        assertThat(check("group.client").state()).isEqualTo(State.WARNING);
        assertThat(check("group.server").state()).isEqualTo(State.WARNING);
    }

    @ParameterizedTest
    @CsvSource({
        "0000, leaves the group its rights.",
        "0002, leaves the group its rights.",
        "0022, Sluice leaves them while",
        "0077, Sluice leaves them while"
    })
    void anyUmaskWillDo(String umask, String words) {
        machine.status("Umask:\t" + umask, "Uid:\t1000\t1000", "Gid:\t1000\t1000");
        Check check = check("umask");
        assertThat(check.state()).isEqualTo(State.OK);
        assertThat(check.found()).startsWith(umask).contains(words);
    }

    @Test
    void anOldKernelDoesNotTellTheUmask() {
        machine.status("Uid:\t1000\t1000", "Gid:\t1000\t1000");
        assertThat(check("umask").state()).isEqualTo(State.OK);
        assertThat(check("umask").found()).contains("does not tell");
    }

    @Test
    void withoutSharedMemoryNoSetCanBeCreated() {
        machine.capacities.remove(SHARED);
        Check check = check("shared-memory");
        assertThat(check.state()).isEqualTo(State.FAILED);
        assertThat(check.fixes()).last().asString().startsWith("sudo mount -t tmpfs");
    }

    @Test
    void littleSharedMemoryIsAWarning() {
        machine.capacities.put(SHARED, (1L << 30) - 1);
        Check check = check("shared-memory");
        assertThat(check.state()).isEqualTo(State.WARNING);
        assertThat(check.fixes()).containsExactly("sudo mount -o remount,size=1g /dev/shm");
    }

    @ParameterizedTest
    @CsvSource({"/.dockerenv", "/run/.containerenv"})
    void inAContainerTheSettingsAreThoseOfTheContainer(Path sign) {
        machine.files.put(sign, "");
        machine.capacities.put(SHARED, 64L << 20);
        Check check = check("shared-memory");
        assertThat(check.state()).isEqualTo(State.WARNING);
        assertThat(check.found()).contains("64 MiB", "container");
        assertThat(check.fixes())
                .anyMatch(fix -> fix.contains("--shm-size 1g"))
                .anyMatch(fix -> fix.contains("enablecontainersharedmemory true"));
    }

    @Test
    void whatCannotBeReadIsSaidAndNotGuessed() {
        machine.unreadable = true;
        assertThat(new LinuxChecks(machine, true).checks().subList(0, 3))
                .allMatch(check -> check.state() == State.WARNING)
                .allMatch(check -> check.found().contains("broken"));
    }

    @Test
    void oddLinesInTheSystemsFilesAreLeftOut() {
        machine.groups(
                "", "# a comment", "+::::", "half:x", "mssql:x:10001:dba", "dba:x:1000:mssql");
        machine.status("Umask:\t?", "Uid:\tx", "Gid:\t1000\t1000\t1000\t1000", "Groups:\t10001 x");
        assertThat(check("group.client").state()).isEqualTo(State.OK);
        assertThat(check("umask").state()).isEqualTo(State.OK);
    }

    private Check check(String id) {
        return new LinuxChecks(machine, true)
                .checks().stream().filter(check -> check.id().equals(id)).findFirst().orElseThrow();
    }
}
