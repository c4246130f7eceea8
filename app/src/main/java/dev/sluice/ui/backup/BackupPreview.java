package dev.sluice.ui.backup;

import dev.sluice.job.BackupRequest;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a backup will run and make, as far as it is known before: the set's name and the time come
 * later.
 *
 * @param statement the T-SQL
 * @param folder where the set goes, with the time left open
 * @param stripes number of stripes
 * @param last the last stripe's name
 */
record BackupPreview(String statement, Path folder, int stripes, String last) {

    private static final String SET = "Sluice-<id>";

    static BackupPreview of(BackupRequest request) {
        int stripes = request.devices();
        return new BackupPreview(
                statement(request),
                request.destination()
                        .resolve(request.server())
                        .resolve(request.database())
                        .resolve("<time>-" + request.type().word()),
                stripes,
                "stripe-%02d.bak".formatted(stripes));
    }

    private static String statement(BackupRequest request) {
        List<String> devices =
                IntStream.rangeClosed(1, request.devices())
                        .mapToObj(number -> number == 1 ? SET : SET + "-" + number)
                        .toList();
        return request.statement(request.database(), devices).toSql();
    }
}
