/** Sluice: the desktop application and the command line. */
module dev.sluice.app {
    requires dev.sluice.vdi;
    requires static org.jspecify;
    requires org.slf4j;
    requires jul.to.slf4j;
    requires com.h2database;
    requires tools.jackson.databind;
    requires info.picocli;
    requires com.ibm.icu;
    requires net.harawata.appdirs;
    requires org.freedesktop.dbus;
    // how it reaches a bus
    requires org.freedesktop.dbus.transport.jre;
    requires java.sql;
    // the notifications of Windows
    requires java.desktop;
    requires jdk.management;
    requires com.microsoft.sqlserver.jdbc;
    // SQL Server's driver, which has no descriptor of its own, needs these
    requires java.management;
    requires java.naming;
    requires java.security.jgss;
    requires jdk.unsupported;
    // and the library it logs in to Microsoft Entra with, these: the user's browser comes back to a
    // port of our own
    requires com.azure.json;
    requires jdk.httpserver;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires javafx.controls;
    requires javafx.fxml;
    requires org.controlsfx.controls;
    requires atlantafx.base;
    requires org.kordamp.ikonli.javafx;

    // H2 makes instances of our file system by reflection
    exports dev.sluice.sql.embedded to
            com.h2database;

    // the driver makes instances of our trust manager by reflection
    exports dev.sluice.sql.mssql to
            com.microsoft.sqlserver.jdbc;

    opens dev.sluice.cli to
            info.picocli;

    // manifests are records that Jackson fills
    opens dev.sluice.media to
            tools.jackson.databind;
    opens dev.sluice.sql to
            tools.jackson.databind;

    provides ch.qos.logback.classic.spi.Configurator with
            dev.sluice.launcher.SluiceLog;

    // the toolkit makes an instance of the application
    opens dev.sluice.ui to
            javafx.graphics;

    // the views' controllers and custom nodes, for FXML
    opens dev.sluice.ui.common to
            javafx.fxml;
    opens dev.sluice.ui.shell to
            javafx.fxml;
    opens dev.sluice.ui.home to
            javafx.fxml;
    opens dev.sluice.ui.server to
            javafx.fxml;
    opens dev.sluice.ui.sidebar to
            javafx.fxml;
    opens dev.sluice.ui.backup to
            javafx.fxml;
    opens dev.sluice.ui.sets to
            javafx.fxml;
    opens dev.sluice.ui.restore to
            javafx.fxml;
    opens dev.sluice.ui.running to
            javafx.fxml;
    opens dev.sluice.ui.history to
            javafx.fxml;
    opens dev.sluice.ui.doctor to
            javafx.fxml;
    opens dev.sluice.ui.settings to
            javafx.fxml;
}
