package dev.sluice.vdi.jna.com;

import java.io.IOException;
import java.util.Optional;

/** Which in-process server a COM class is registered with. */
interface Registrations {

    /**
     * The file that {@code HKEY_CLASSES_ROOT\CLSID\<class>\InprocServer32} names, as it stands
     * there but with environment variables expanded; empty when the class is not registered.
     *
     * @param classId the class's number, in braces
     * @param bits 32 or 64: what processes of that size see
     * @throws IOException when the registry refuses, or has something else there than a text
     */
    Optional<String> inprocServer(String classId, int bits) throws IOException;
}
