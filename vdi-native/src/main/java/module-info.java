/**
 * The Virtual Device Interface of Microsoft SQL Server for Java: both ends of it, no SQL and no
 * windows.
 */
module dev.sluice.vdi {
    requires static transitive org.jspecify;
    requires com.sun.jna;
    requires com.sun.jna.platform;

    exports dev.sluice.vdi;
    exports dev.sluice.vdi.embedded;
    exports dev.sluice.vdi.jna;
    exports dev.sluice.vdi.jna.windows;
    exports dev.sluice.vdi.protocol;
    exports dev.sluice.vdi.server;
    exports dev.sluice.vdi.words;
}
