package dev.sluice.ui.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.DatabaseInfo.State;
import dev.sluice.ui.backup.DatabasesModel.Database;
import dev.sluice.ui.backup.DatabasesModel.Item;

import org.junit.jupiter.api.Test;

import java.util.List;

class DatabasesModelTest {

    private static final Database SALES = listed("one", "Sales", State.ONLINE);
    private static final Database STOCK = listed("one", "Stock", State.ONLINE);
    private static final Database BROKEN = listed("one", "Broken", State.SUSPECT);
    private static final Database OTHER = listed("two", "Other", State.ONLINE);

    private static Database listed(String server, String name, State state) {
        return new Database(
                server, new DatabaseInfo(name, state, "FULL", 1 << 20, false, true, true));
    }

    private final DatabasesModel model = new DatabasesModel();

    private List<String> shown() {
        return model.shown().stream().map(Item::name).toList();
    }

    @Test
    void theFirstTimeADatabaseThatCanBeUsedIsChosen() {
        model.show(List.of(BROKEN));
        assertThat(model.chosen().get()).isEmpty();
        model.show(List.of(BROKEN, SALES, STOCK, OTHER));
        assertThat(model.server().get()).isEqualTo("one");
        assertThat(model.servers()).containsExactly("one", "two");
        assertThat(model.chosen().get()).containsExactly("Sales");
        assertThat(shown()).containsExactly("Broken", "Sales", "Stock");
    }

    @Test
    void whatWasTakenAwayByHandIsNotChosenAgain() {
        model.show(List.of(SALES));
        model.chooseNone();
        model.show(List.of(SALES, STOCK));
        assertThat(model.chosen().get()).isEmpty();
    }

    @Test
    void severalAreChosenInTheOrderOfTheirTicks() {
        model.show(List.of(BROKEN, SALES, STOCK));
        model.shown().get(2).chosen().set(true);
        model.shown().get(0).chosen().set(true);
        assertThat(model.chosen().get()).containsExactly("Sales", "Stock", "Broken");
    }

    @Test
    void allThatAreShownAreChosenBesidesThoseBefore() {
        model.show(List.of(BROKEN, SALES, STOCK));
        model.search().set("oc");
        assertThat(shown()).containsExactly("Stock");
        model.chooseShown();
        assertThat(model.chosen().get()).containsExactly("Sales", "Stock");
        model.chooseNone();
        assertThat(model.chosen().get()).isEmpty();
    }

    @Test
    void whatTheProfileNamesStaysEvenIfItIsGone() {
        model.choose("three", List.of("Gone"));
        model.show(List.of(SALES, OTHER));
        assertThat(model.server().get()).isEqualTo("three");
        assertThat(model.servers()).containsExactly("one", "two", "three");
        assertThat(model.chosen().get()).containsExactly("Gone");
        assertThat(model.shown().getFirst().state()).isNull();
    }

    @Test
    void anotherServerHasOtherDatabases() {
        model.show(List.of(SALES, OTHER));
        model.server().set("two");
        assertThat(shown()).containsExactly("Other");
        assertThat(model.chosen().get()).isEmpty();
    }

    @Test
    void aNewAnswerKeepsTheItemsThatAreAsTheyWere() {
        model.show(List.of(SALES, STOCK));
        Item sales = model.shown().getFirst();
        model.show(List.of(SALES, BROKEN));
        assertThat(model.shown().getFirst()).isSameAs(sales);
        assertThat(shown()).containsExactly("Sales", "Broken");
        sales.chosen().set(false);
        assertThat(model.chosen().get()).isEmpty();
    }
}
