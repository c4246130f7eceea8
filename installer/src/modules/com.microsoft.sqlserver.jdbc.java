open module com.microsoft.sqlserver.jdbc {
    requires com.microsoft.aad.msal4j;
    requires java.desktop;
    requires java.logging;
    requires java.management;
    requires java.naming;
    requires java.security.jgss;
    requires java.sql;
    requires java.transaction.xa;
    requires java.xml;
    requires jdk.security.jgss;
    requires jdk.unsupported;

    exports com.microsoft.sqlserver.jdbc;

    provides java.sql.Driver with
            com.microsoft.sqlserver.jdbc.SQLServerDriver;
}
