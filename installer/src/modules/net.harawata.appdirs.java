open module net.harawata.appdirs {
    requires com.sun.jna;
    requires com.sun.jna.platform;

    exports net.harawata.appdirs;
}
