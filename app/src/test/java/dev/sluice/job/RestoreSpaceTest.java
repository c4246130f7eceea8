package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sql.DatabaseFile;
import dev.sluice.sql.VolumeSpace;
import dev.sluice.words.Told;

import org.junit.jupiter.api.Test;

import java.util.List;

class RestoreSpaceTest {

    private static final List<VolumeSpace> VOLUMES =
            List.of(
                    new VolumeSpace("E:\\data\\other.mdf", "E:\\data\\", 1000),
                    new VolumeSpace("E:\\data\\Sales.mdf", "E:\\data\\", 1000),
                    new VolumeSpace("F:\\log\\other.ldf", "F:\\", 500),
                    new VolumeSpace("E:\\", "E:\\", 100),
                    new VolumeSpace("F:\\", "F:\\", 500));

    private static DatabaseFile file(String path, long bytes) {
        return new DatabaseFile("Sales", path, path, bytes, null);
    }

    private static List<Told> check(DatabaseFile... files) throws JobException {
        return RestoreSpace.check(List.of(files), List.of(), VOLUMES);
    }

    private static void assertRefused(List<DatabaseFile> replaced, DatabaseFile file, String word) {
        assertThatThrownBy(() -> RestoreSpace.check(List.of(file), replaced, VOLUMES))
                .isInstanceOf(JobException.class)
                .hasMessageContaining(word)
                .hasMessageContaining("make room, or move files");
    }

    @Test
    void refusesFilesThatAreLargerThanTheirVolumeHasRoom() {
        assertRefused(
                List.of(),
                file("e:/DATA/Copy.mdf", 1001),
                "need 1,001 bytes on the volume E:\\data\\, which has 1,000 bytes free;");
    }

    @Test
    void countsAllFilesOnAVolumeTogether() throws Exception {
        assertThat(check(file("E:\\data\\a.mdf", 600), file("F:\\log\\a.ldf", 500))).isEmpty();
        assertThatThrownBy(() -> check(file("E:\\data\\a.mdf", 600), file("E:\\data\\b.ndf", 401)))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("need 1,001 bytes");
    }

    @Test
    void countsWhatTheReplacedFilesGiveBack() throws Exception {
        DatabaseFile old = file("E:\\data\\Sales.mdf", 700);
        assertThat(
                        RestoreSpace.check(
                                List.of(file("E:\\data\\Sales.mdf", 1700)), List.of(old), VOLUMES))
                .isEmpty();
        assertRefused(
                List.of(old),
                file("E:\\data\\Sales.mdf", 1701),
                "gets 700 bytes from the files they replace");
    }

    /** Below the root of a drive, another volume may be mounted. */
    @Test
    void onlyWarnsWhereTheVolumeIsNotSure() throws Exception {
        assertThat(check(file("E:\\elsewhere\\Copy.mdf", 101)))
                .singleElement()
                .asString()
                .contains("need 101 bytes on the volume E:\\", "unless they are on another volume");
        assertThat(check(file("E:\\elsewhere\\Copy.mdf", 100))).isEmpty();
    }

    @Test
    void knowsAMountPointBesideDrives() throws Exception {
        List<VolumeSpace> volumes =
                List.of(
                        new VolumeSpace("/var/opt/mssql/data/a.mdf", "/var/opt/mssql", 1000),
                        new VolumeSpace("/log/a.ldf", "/", 10));
        assertThat(
                        RestoreSpace.check(
                                List.of(file("/var/opt/mssql/more/b.mdf", 1001)),
                                List.of(),
                                volumes))
                .singleElement()
                .asString()
                .contains("need 1,001 bytes on the volume /var/opt/mssql, which has 1,000");
        assertThat(
                        RestoreSpace.check(
                                List.of(file("/var/opt/mssql2/b.mdf", 11)), List.of(), volumes))
                .singleElement()
                .asString()
                .contains("on the volume /, which has 10 bytes free");
    }

    /** Of a database that is not ONLINE, no volume is told. */
    @Test
    void aReplacedFileGivesItsRoomBackToTheVolumeOfItsFolder() throws Exception {
        DatabaseFile closed = file("E:\\data\\Closed.mdf", 700);
        assertThat(
                        RestoreSpace.check(
                                List.of(file("E:\\data\\Closed.mdf", 1700)),
                                List.of(closed),
                                VOLUMES))
                .isEmpty();
        assertRefused(List.of(closed), file("E:\\data\\Closed.mdf", 1701), "gets 700 bytes from");
    }

    @Test
    void refusesNothingWhereAReplacedFileMayGiveRoomBack() throws Exception {
        for (String path : List.of("E:\\data\\sub\\Closed.mdf", "/nobody/knows.mdf")) {
            assertThat(
                            RestoreSpace.check(
                                    List.of(file("E:\\data\\Copy.mdf", 1700)),
                                    List.of(file(path, 1)),
                                    VOLUMES))
                    .as(path)
                    .singleElement()
                    .asString()
                    .contains("need 1,700 bytes on the volume E:\\data\\")
                    .contains("unless the files they replace lie there");
        }
        assertRefused(
                List.of(file("F:\\elsewhere\\Closed.mdf", 1 << 20)),
                file("E:\\data\\Copy.mdf", 1700),
                "on the volume E:\\data\\");
    }

    @Test
    void saysSoWhereNothingIsKnown() throws Exception {
        assertThat(check(file("/data/Copy.mdf", 1L << 60), file("/data/Copy2.ndf", 1)))
                .extracting(Told::english)
                .containsExactly("How much room there is in /data, the server does not tell");
    }

    @Test
    void leavesTheFilesToAServerThatPlacesThemItself() throws Exception {
        assertThat(check(new DatabaseFile("Sales", "a", "", 1L << 60, null))).isEmpty();
    }
}
