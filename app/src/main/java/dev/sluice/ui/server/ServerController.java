package dev.sluice.ui.server;

import dev.sluice.job.ServerDefinition;
import dev.sluice.secret.Secret;
import dev.sluice.sql.mssql.Encryption;
import dev.sluice.sql.mssql.LoginKind;
import dev.sluice.ui.common.FieldErrors;
import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Prompts;
import dev.sluice.ui.common.Shown;
import dev.sluice.ui.common.Texts;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.BiConsumer;

/** The form of a server. */
@SuppressWarnings("NullAway.Init") // FXML fills the fields it names
public final class ServerController {

    private final ServerViewModel form;
    private final Prompts prompts;
    private final Texts texts;
    private final Runnable onBack;
    @FXML private TextField name;
    @FXML private Label nameError;
    @FXML private TextField host;
    @FXML private Label hostError;
    @FXML private TextField port;
    @FXML private Label portError;
    @FXML private TextField instance;
    @FXML private Label instanceError;
    @FXML private ComboBox<Encryption> encryption;
    @FXML private TextField fingerprint;
    @FXML private Label fingerprintError;
    @FXML private TextField certificateHost;
    @FXML private Label certificateHostError;
    @FXML private ComboBox<LoginKind> login;
    @FXML private TextField user;
    @FXML private Label userError;
    @FXML private CheckBox keep;
    @FXML private Node result;
    @FXML private Label outcome;
    @FXML private Button trust;
    @FXML private Button test;
    @FXML private Button save;
    @FXML private Button remove;

    /** A controller over the form. */
    public ServerController(ServerViewModel form, Prompts prompts, Texts texts, Runnable onBack) {
        this.form = form;
        this.prompts = prompts;
        this.texts = texts;
        this.onBack = onBack;
    }

    @FXML
    void initialize() {
        bindFields();
        encryption.getItems().setAll(Encryption.values());
        encryption.setConverter(new Shown<>(kind -> texts.of("server.encryption", kind)));
        encryption.valueProperty().bindBidirectional(form.encryption());
        login.getItems().setAll(form.logins());
        login.setConverter(new Shown<>(kind -> texts.of("server.login", kind)));
        login.valueProperty().bindBidirectional(form.login());
        keep.selectedProperty().bindBidirectional(form.keep());
        Nodes.showWhen(keep, form.secretKeepable());
        outcome.textProperty().bind(form.outcome());
        Nodes.showWhen(result, form.outcome().isNotEmpty());
        form.worked().subscribe(this::showOutcome);
        Nodes.showWhen(trust, form.shownCertificate().isNotEmpty());
        test.disableProperty().bind(form.good().not().or(form.busy()));
        save.disableProperty().bind(form.good().not().or(form.busy()));
        Nodes.showWhen(remove, form.existing());
    }

    private void bindFields() {
        FieldErrors.bind(form.name(), name, nameError);
        name.disableProperty().bind(form.existing());
        FieldErrors.bind(form.host(), host, hostError);
        FieldErrors.bind(form.port(), port, portError);
        FieldErrors.bind(form.instance(), instance, instanceError);
        FieldErrors.bind(form.fingerprint(), fingerprint, fingerprintError);
        FieldErrors.bind(form.certificateHost(), certificateHost, certificateHostError);
        FieldErrors.bind(form.user(), user, userError);
    }

    private void showOutcome(boolean worked) {
        outcome.setGraphic(Icons.icon(worked ? "fth-check-circle" : "fth-info"));
    }

    private void withSecret(
            boolean wanted,
            ServerDefinition server,
            BiConsumer<ServerDefinition, @Nullable Secret> then) {
        if (!wanted) {
            then.accept(server, null);
            return;
        }
        Optional<Secret> given = prompts.secret(server.name());
        given.ifPresent(secret -> then.accept(server, secret));
    }

    @FXML
    void test() {
        form.definition()
                .ifPresent(server -> withSecret(form.needsSecret(server), server, form::test));
    }

    @FXML
    void trust() {
        form.trustShown();
    }

    @FXML
    void save() {
        form.definition()
                .ifPresent(server -> withSecret(form.keepsSecret(server), server, this::save));
    }

    private void save(ServerDefinition server, @Nullable Secret given) {
        form.save(server, given, onBack);
    }

    @FXML
    void remove() {
        if (prompts.removeServer(form.name().text().get())) {
            form.remove(onBack);
        }
    }

    @FXML
    void back() {
        onBack.run();
    }
}
