package dev.sluice.ui.common;

import dev.sluice.secret.Secret;

import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextInputDialog;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Window;
import javafx.util.Subscription;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks in dialogs over the window. */
public final class DialogPrompts implements Prompts {

    private final Texts texts;
    private final Supplier<@Nullable Window> owner;

    /**
     * Asks over a window.
     *
     * @param owner the window, once it is there
     */
    public DialogPrompts(Texts texts, Supplier<@Nullable Window> owner) {
        this.texts = texts;
        this.owner = owner;
    }

    @Override
    public boolean restore(String text) {
        return ask(
                texts.get("prompt.restore.title"),
                text,
                texts.get("prompt.restore.yes"),
                texts.get("prompt.restore.no"));
    }

    @Override
    public boolean cancelRestore(String database) {
        return ask(
                texts.get("prompt.cancelRestore.title"),
                texts.get("prompt.cancelRestore.text", database),
                texts.get("prompt.cancelRestore.yes"),
                texts.get("prompt.cancelRestore.no"));
    }

    @Override
    public Closing closing(ReadOnlyIntegerProperty running) {
        ButtonType stay = new ButtonType(texts.get("prompt.close.no"), ButtonData.CANCEL_CLOSE);
        ButtonType goOn = new ButtonType(texts.get("prompt.close.goOn"), ButtonData.OTHER);
        ButtonType cancel = new ButtonType(texts.get("prompt.close.yes"), ButtonData.OTHER);
        Alert alert = new Alert(Alert.AlertType.CONFIRMATION, "", stay, goOn, cancel);
        dress(alert, "");
        alert.getDialogPane().lookupButton(stay).setId("prompt-no");
        alert.getDialogPane().lookupButton(goOn).setId("prompt-go-on");
        Node act = alert.getDialogPane().lookupButton(cancel);
        act.setId("prompt-yes");
        act.getStyleClass().add("danger");
        // the longest text would be cut off
        alert.getDialogPane().getButtonTypes().stream()
                .map(alert.getDialogPane()::lookupButton)
                .forEach(button -> ButtonBar.setButtonUniformSize(button, false));
        Subscription counted =
                running.subscribe(
                        now -> {
                            if (now.intValue() > 0) {
                                ask(alert, now.intValue());
                            } else {
                                alert.setResult(goOn);
                                alert.close();
                            }
                        });
        try {
            ButtonType chosen = alert.showAndWait().orElse(stay);
            if (chosen == goOn) {
                return Closing.GO_ON;
            }
            return chosen == cancel ? Closing.CANCEL : Closing.STAY;
        } finally {
            counted.unsubscribe();
        }
    }

    private void ask(Alert alert, int running) {
        String title = texts.get("prompt.close.title", running);
        alert.setTitle(title);
        alert.setHeaderText(title);
        alert.setContentText(texts.get("prompt.close.text", running));
    }

    @Override
    public void crashed(CrashReport report, Runnable closed) {
        ButtonType copy = new ButtonType(texts.get("crash.copy"), ButtonData.OTHER);
        ButtonType dismiss = new ButtonType(texts.get("crash.dismiss"), ButtonData.CANCEL_CLOSE);
        Alert alert = new Alert(Alert.AlertType.ERROR, texts.get("crash.text"), copy, dismiss);
        dress(alert, texts.get("crash.title", report.code()));
        TextArea text = new TextArea(report.text());
        text.setId("crash-report");
        text.setEditable(false);
        text.getStyleClass().add("code");
        text.setAccessibleText(texts.get("crash.report"));
        alert.getDialogPane().setExpandableContent(text);
        Node copying = alert.getDialogPane().lookupButton(copy);
        copying.setId("copy-crash");
        // the dialog stays, so that it can be read as well
        copying.addEventFilter(
                ActionEvent.ACTION,
                event -> {
                    Nodes.copy(report.text());
                    event.consume();
                });
        alert.getDialogPane().lookupButton(dismiss).setId("dismiss-crash");
        alert.setOnHidden(hidden -> closed.run());
        alert.show();
    }

    @Override
    public boolean deleteProfile(String name) {
        return ask(
                texts.get("prompt.delete.title"),
                texts.get("prompt.delete.text", name),
                texts.get("prompt.delete.yes"),
                texts.get("prompt.delete.no"));
    }

    @Override
    public boolean replaceProfile(String name) {
        return ask(
                texts.get("prompt.replaceProfile.title"),
                texts.get("prompt.replaceProfile.text", name),
                texts.get("prompt.replaceProfile.yes"),
                texts.get("prompt.replaceProfile.no"));
    }

    private boolean ask(String title, String text, String yes, String no) {
        ButtonType doIt = new ButtonType(yes, ButtonData.OTHER);
        ButtonType leaveIt = new ButtonType(no, ButtonData.CANCEL_CLOSE);
        Alert alert = new Alert(Alert.AlertType.CONFIRMATION, text, leaveIt, doIt);
        dress(alert, title);
        Node act = alert.getDialogPane().lookupButton(doIt);
        act.setId("prompt-yes");
        act.getStyleClass().add("danger");
        alert.getDialogPane().lookupButton(leaveIt).setId("prompt-no");
        return alert.showAndWait().filter(doIt::equals).isPresent();
    }

    @Override
    public Optional<String> profileName(String proposal) {
        TextInputDialog dialog = new TextInputDialog(proposal);
        ButtonType save = new ButtonType(texts.get("prompt.profile.save"), ButtonData.OK_DONE);
        ButtonType no = new ButtonType(texts.get("prompt.profile.cancel"), ButtonData.CANCEL_CLOSE);
        dialog.getDialogPane().getButtonTypes().setAll(no, save);
        dialog.setContentText(texts.get("prompt.profile.text"));
        dialog.setResultConverter(
                chosen -> chosen == save ? dialog.getEditor().getText().strip() : null);
        dialog.getEditor().setId("profile-name");
        dialog.getDialogPane()
                .lookupButton(save)
                .disableProperty()
                .bind(dialog.getEditor().textProperty().map(String::isBlank));
        dialog.getDialogPane().lookupButton(save).setId("prompt-yes");
        dress(dialog, texts.get("prompt.profile.title"));
        return dialog.showAndWait();
    }

    @Override
    public boolean removeLog(Path folder) {
        return ask(
                texts.get("prompt.removeLog.title"),
                texts.get("prompt.removeLog.text", folder),
                texts.get("prompt.removeLog.yes"),
                texts.get("prompt.removeLog.no"));
    }

    @Override
    public boolean removeServer(String name) {
        return ask(
                texts.get("prompt.removeServer.title"),
                texts.get("prompt.removeServer.text", name),
                texts.get("prompt.removeServer.yes"),
                texts.get("prompt.removeServer.no"));
    }

    @Override
    public Optional<Secret> secret(String server) {
        String what = texts.get("prompt.secret.text", server);
        PasswordField field = new PasswordField();
        field.setId("secret");
        field.setAccessibleText(what);
        Dialog<Secret> dialog = new Dialog<>();
        ButtonType yes = new ButtonType(texts.get("prompt.secret.yes"), ButtonData.OK_DONE);
        ButtonType no = new ButtonType(texts.get("prompt.secret.no"), ButtonData.CANCEL_CLOSE);
        dialog.getDialogPane().getButtonTypes().setAll(no, yes);
        dialog.getDialogPane().setContent(new VBox(new Label(what), field));
        dialog.getDialogPane().getContent().getStyleClass().add("field");
        dialog.getDialogPane().lookupButton(yes).setId("prompt-yes");
        dialog.getDialogPane().lookupButton(no).setId("prompt-no");
        dialog.getDialogPane()
                .lookupButton(yes)
                .disableProperty()
                .bind(field.textProperty().isEmpty());
        dialog.setResultConverter(chosen -> chosen == yes ? taken(field) : null);
        dialog.setOnShown(shown -> field.requestFocus());
        dress(dialog, texts.get("prompt.secret.title"));
        Optional<Secret> given = dialog.showAndWait();
        field.clear();
        return given;
    }

    private static Secret taken(PasswordField field) {
        return new Secret(field.getText().toCharArray());
    }

    private void dress(Dialog<?> dialog, String title) {
        dialog.initOwner(owner.get());
        dialog.setTitle(title);
        dialog.setHeaderText(title);
        dialog.setGraphic(null);
        dialog.getDialogPane().getStyleClass().add("prompt");
    }

    @Override
    public Optional<Path> folder(String start) {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(texts.get("prompt.folder"));
        if (FolderCheck.look(start) == FolderCheck.Finding.GOOD) {
            chooser.setInitialDirectory(new File(start.strip()));
        }
        return Optional.ofNullable(chooser.showDialog(owner.get())).map(File::toPath);
    }

    @Override
    public List<Path> files(String title) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        List<File> chosen = chooser.showOpenMultipleDialog(owner.get());
        return chosen == null ? List.of() : chosen.stream().map(File::toPath).toList();
    }

    @Override
    public Optional<Path> saveFile(String title, String proposal) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.setInitialFileName(proposal);
        chooser.getExtensionFilters().add(proposal.endsWith(".csv") ? csv() : profile());
        return Optional.ofNullable(chooser.showSaveDialog(owner.get())).map(File::toPath);
    }

    @Override
    public Optional<Path> openFile(String title) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.getExtensionFilters().add(profile());
        return Optional.ofNullable(chooser.showOpenDialog(owner.get())).map(File::toPath);
    }

    private ExtensionFilter csv() {
        return new ExtensionFilter(texts.get("prompt.file.csv"), "*.csv");
    }

    // what earlier versions exported was called .json
    private ExtensionFilter profile() {
        return new ExtensionFilter(texts.get("prompt.file.json"), "*.sluice", "*.json");
    }
}
