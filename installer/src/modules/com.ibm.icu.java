open module com.ibm.icu {
    requires java.logging;
    requires static java.desktop;
    requires static java.xml;

    exports com.ibm.icu.text;
}
