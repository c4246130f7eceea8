package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sql.DatabaseInfo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class DatabasesTest {

    private static final List<DatabaseInfo> PRESENT = List.of(database("Sales"), database("Stöck"));

    private static DatabaseInfo database(String name) {
        return new DatabaseInfo(
                name, DatabaseInfo.State.ONLINE, "FULL", 1 << 20, false, false, false);
    }

    @Test
    void findsWhatIsNamedExactly() throws Exception {
        assertThat(Databases.exactly("Sales", PRESENT)).contains(PRESENT.getFirst());
        assertThat(Databases.exactly("Sales2", PRESENT)).isEmpty();
        assertThat(Databases.exactly("Sal es", PRESENT)).isEmpty();
    }

    /** One server takes these for the same, another does not: neither may be guessed. */
    @ParameterizedTest
    @ValueSource(strings = {"sales", "SALES", "Sales ", "Sales\t", "Sälés", "Ｓales", "stock"})
    void refusesWhatTheServerMayTakeForAnother(String name) {
        assertThatThrownBy(() -> Databases.exactly(name, PRESENT))
                .isInstanceOf(JobException.class)
                .hasMessageContainingAll("name it exactly as it is");
    }
}
