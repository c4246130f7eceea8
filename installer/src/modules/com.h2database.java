open module com.h2database {
    requires java.logging;
    requires java.management;
    requires java.naming;
    requires java.sql;
    requires java.transaction.xa;
    requires java.xml;
    requires static java.compiler;
    requires static java.desktop;
    requires static java.instrument;
    requires static java.scripting;
    requires static jdk.net;
    requires static org.slf4j;

    exports org.h2;
    exports org.h2.api;
    exports org.h2.engine;
    exports org.h2.jdbc;
    exports org.h2.mvstore;
    exports org.h2.store.fs;

    provides java.sql.Driver with
            org.h2.Driver;
}
