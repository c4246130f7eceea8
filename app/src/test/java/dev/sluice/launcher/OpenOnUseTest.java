package dev.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.job.Folders;
import dev.sluice.sql.SqlServer;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.embedded.EmbeddedServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

class OpenOnUseTest {

    private final Folders folders;

    OpenOnUseTest(@TempDir Path home) {
        this.folders = Folders.under(home);
    }

    @Test
    void theEmbeddedServersFolderIsOpenedByItsFirstSession() throws Exception {
        try (OpenOnUse backend = new OpenOnUse(folders)) {
            SqlServer embedded = backend.engine().server(EmbeddedServer.NAME);
            assertThat(backend.engine().history().list()).isEmpty();
            assertThat(folders.data()).doesNotExist();

            try (SqlSession session = embedded.connect()) {
                assertThat(session.databases()).isEmpty();
            }
            assertThat(folders.data()).isDirectory();
            assertThat(backend.embedded().vdi()).isSameAs(embedded.vdi());
        }
    }

    @Test
    void aFolderThatCannotBeUsedIsNoMatterUntilThen() throws Exception {
        Files.createDirectories(folders.data().getParent());
        Files.writeString(folders.data(), "in the way");
        try (OpenOnUse backend = new OpenOnUse(folders)) {
            SqlServer embedded = backend.engine().server(EmbeddedServer.NAME);
            assertThatThrownBy(embedded::connect)
                    .isInstanceOf(SqlServerException.class)
                    .hasMessageContaining("data folder");

            Files.delete(folders.data());
            embedded.connect().close();
        }
    }

    @Test
    void nothingIsOpenedAnyMoreWhenItIsClosed() {
        OpenOnUse backend = new OpenOnUse(folders);
        SqlServer embedded = backend.engine().server(EmbeddedServer.NAME);
        backend.close();
        assertThatThrownBy(embedded::connect).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(backend::engine).isInstanceOf(IllegalStateException.class);
        assertThat(folders.data()).doesNotExist();
    }
}
