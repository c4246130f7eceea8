package dev.sluice.vdi.protocol;

import dev.sluice.vdi.words.Said;

/**
 * HRESULTs of COM and Windows that calls of the native library return besides its own (vdi-facts
 * sections L and M; the three of the loader as in Microsoft's list of system error codes). A Win32
 * code w comes as 0x8007wwww.
 */
enum ComStatus {
    S_FALSE(0x00000001, "S_FALSE"),
    E_NOINTERFACE(0x80004002, "E_NOINTERFACE"),
    RPC_E_CHANGED_MODE(0x80010106, "RPC_E_CHANGED_MODE"),
    CLASS_NOT_AVAILABLE(0x80040111, "CLASS_E_CLASSNOTAVAILABLE"),
    CLASS_NOT_REGISTERED(0x80040154, "REGDB_E_CLASSNOTREG"),
    FILE_NOT_FOUND(0x80070002, "HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND)"),
    ACCESS_DENIED(0x80070005, "E_ACCESSDENIED"),
    OUT_OF_MEMORY(0x8007000E, "E_OUTOFMEMORY"),
    MODULE_NOT_FOUND(0x8007007E, "HRESULT_FROM_WIN32(ERROR_MOD_NOT_FOUND)"),
    BAD_EXE_FORMAT(0x800700C1, "HRESULT_FROM_WIN32(ERROR_BAD_EXE_FORMAT)");

    private final int hresult;
    private final String symbol;

    ComStatus(int hresult, String symbol) {
        this.hresult = hresult;
        this.symbol = symbol;
    }

    int hresult() {
        return hresult;
    }

    CodeExplanation explanation() {
        return CodeExplanation.of(Said.asIs(symbol), hresult, "com." + name());
    }
}
