open module com.microsoft.aad.msal4j {
    requires com.azure.json;
    requires java.desktop;
    requires java.xml;
    requires jdk.httpserver;
    requires org.slf4j;

    exports com.microsoft.aad.msal4j;
}
