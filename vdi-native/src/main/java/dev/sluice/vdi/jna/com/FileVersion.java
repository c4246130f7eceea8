package dev.sluice.vdi.jna.com;

import com.sun.jna.platform.win32.VerRsrc.VS_FIXEDFILEINFO;
import com.sun.jna.platform.win32.VersionUtil;
import com.sun.jna.platform.win32.Win32Exception;

import java.nio.file.Path;
import java.util.Optional;

/** The version Windows keeps in a file's resources. */
final class FileVersion {

    private FileVersion() {}

    /** Such as {@code 2019.150.2000.5}; empty for a file without one. */
    static Optional<String> of(Path file) {
        try {
            VS_FIXEDFILEINFO info = VersionUtil.getFileVersionInfo(file.toString());
            return Optional.of(
                    "%d.%d.%d.%d"
                            .formatted(
                                    info.getFileVersionMajor(),
                                    info.getFileVersionMinor(),
                                    info.getFileVersionRevision(),
                                    info.getFileVersionBuild()));
        } catch (Win32Exception | UnsupportedOperationException withoutVersion) {
            return Optional.empty();
        }
    }
}
