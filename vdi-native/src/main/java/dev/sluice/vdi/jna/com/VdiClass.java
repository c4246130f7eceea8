package dev.sluice.vdi.jna.com;

import com.sun.jna.platform.win32.Guid.CLSID;
import com.sun.jna.platform.win32.Guid.IID;
import com.sun.jna.ptr.PointerByReference;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.words.Said;

/**
 * The two COM classes of {@code sqlvdi.dll} (vdi-facts B.1). A class has the number of its version
 * 1 interface; the version 2 interface is asked for directly, because the class factory may refuse
 * any other way (M3).
 */
enum VdiClass {
    /** {@code CLSID_MSSQL_ClientVirtualDeviceSet} with {@code IID_IClientVirtualDeviceSet2}. */
    CLIENT_DEVICE_SET(
            "{40700425-0080-11d2-851f-00c04fc21759}", "{d0e6eb07-7a62-11d2-8573-00c04fc21759}", 13),
    /** {@code CLSID_MSSQL_ServerVirtualDeviceSet} with {@code IID_IServerVirtualDeviceSet2}. */
    SERVER_DEVICE_SET(
            "{b5e7a132-a7bd-11d1-84c2-00c04fc21759}", "{aecbd0d6-24c6-11d3-85b7-00c04fc21759}", 16);

    private final String classId;
    private final String interfaceId;
    private final int slots;

    VdiClass(String classId, String interfaceId, int slots) {
        this.classId = classId;
        this.interfaceId = interfaceId;
        this.slots = slots;
    }

    /** The class's number as the registry writes it, in braces. */
    String classId() {
        return classId;
    }

    /**
     * Makes an object, whose one reference is the caller's.
     *
     * @throws VdiException with COM's number when the library refuses
     */
    ComObject create(Apartment apartment) throws VdiException {
        PointerByReference object = new PointerByReference();
        int status = apartment.call(() -> create(apartment.com(), object));
        if (status < 0) {
            throw new VdiException(creating(), status);
        }
        return new ComObject(apartment, object.getValue(), slots);
    }

    private Said creating() {
        return switch (this) {
            case CLIENT_DEVICE_SET -> Said.of("call.clientClass", "CoCreateInstance");
            case SERVER_DEVICE_SET -> Said.of("call.serverClass", "CoCreateInstance");
        };
    }

    private int create(ComRuntime com, PointerByReference object) {
        return com.coCreateInstance(
                new CLSID(classId), ComRuntime.IN_PROCESS, new IID(interfaceId), object);
    }
}
