package dev.sluice.vdi.protocol;

/**
 * HRESULTs of COM and Windows that calls of the native library return besides its own (vdi-facts
 * sections L and M; the three of the loader as in Microsoft's list of system error codes). A Win32
 * code w comes as 0x8007wwww.
 */
enum ComStatus {
    S_FALSE(
            0x00000001,
            "S_FALSE",
            "there was nothing to do",
            "COM was initialised on this thread before.",
            "Nothing: it is no error."),
    E_NOINTERFACE(
            0x80004002,
            "E_NOINTERFACE",
            "the object does not have the interface asked for",
            "The registered sqlvdi.dll is too old for IClientVirtualDeviceSet2.",
            "Register the sqlvdi.dll of the installed SQL Server with regsvr32."),
    RPC_E_CHANGED_MODE(
            0x80010106,
            "RPC_E_CHANGED_MODE",
            "the thread is in another COM apartment",
            "COM was initialised on this thread as single-threaded before.",
            "Use a thread of its own, in the multithreaded apartment."),
    CLASS_NOT_AVAILABLE(
            0x80040111,
            "CLASS_E_CLASSNOTAVAILABLE",
            "the library does not make objects of the class asked for",
            "The object was not asked for by the interface of the Virtual Device Interface, or"
                    + " the registered library is another one.",
            "Register the sqlvdi.dll of the installed SQL Server with regsvr32."),
    CLASS_NOT_REGISTERED(
            0x80040154,
            "REGDB_E_CLASSNOTREG",
            "the class is not registered",
            "The library sqlvdi.dll is not registered, or only for processes of the other bitness"
                    + " (32 or 64).",
            "Register the sqlvdi.dll of the installed SQL Server with regsvr32, and use a Java of"
                    + " the same bitness."),
    FILE_NOT_FOUND(
            0x80070002,
            "HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND)",
            "a file was not found",
            "The registered path of sqlvdi.dll leads nowhere, as after the removal of an instance.",
            "Repair the SQL Server installation, or register the sqlvdi.dll that is there with"
                    + " regsvr32."),
    ACCESS_DENIED(
            0x80070005,
            "E_ACCESSDENIED",
            "access is denied",
            "The account that runs the client lacks the right \"Create global objects\", or the"
                    + " right to read the library.",
            "Give the account that right (Local Security Policy, User Rights Assignment), or run"
                    + " the client as an administrator."),
    OUT_OF_MEMORY(
            0x8007000E,
            "E_OUTOFMEMORY",
            "out of memory",
            "The process or the machine has no memory left. (VD_E_CLOSE, the normal end, looks"
                    + " alike: 0x8077000E.)",
            "Ask for fewer buffers or for smaller transfers."),
    MODULE_NOT_FOUND(
            0x8007007E,
            "HRESULT_FROM_WIN32(ERROR_MOD_NOT_FOUND)",
            "a library was not found",
            "The registered sqlvdi.dll, or a library it needs, is not there.",
            "Repair the SQL Server installation, or register the sqlvdi.dll that is there with"
                    + " regsvr32."),
    BAD_EXE_FORMAT(
            0x800700C1,
            "HRESULT_FROM_WIN32(ERROR_BAD_EXE_FORMAT)",
            "the file is no library for this process",
            "The registered sqlvdi.dll and this process differ in bitness (32 or 64).",
            "Use a Java of the library's bitness.");

    private final int hresult;
    private final String symbol;
    private final String meaning;
    private final String likelyCause;
    private final String whatToDo;

    ComStatus(int hresult, String symbol, String meaning, String likelyCause, String whatToDo) {
        this.hresult = hresult;
        this.symbol = symbol;
        this.meaning = meaning;
        this.likelyCause = likelyCause;
        this.whatToDo = whatToDo;
    }

    int hresult() {
        return hresult;
    }

    CodeExplanation explanation() {
        return new CodeExplanation(symbol, hresult, meaning, likelyCause, whatToDo);
    }
}
