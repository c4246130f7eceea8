package dev.sluice.vdi.jna.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * The member functions of {@code ClientVirtualDevice}, which are called for every command. The JDK
 * itself calls them: JNA needs ten times as long for a call, which is a fifth of the processor time
 * that a Write of 64 KiB takes.
 */
final class DeviceCalls {

    private static final String GET_COMMAND =
            "_ZN19ClientVirtualDevice10GetCommandElPP11VDC_Command";
    private static final String COMPLETE_COMMAND =
            "_ZN19ClientVirtualDevice15CompleteCommandEP11VDC_Commandiml";

    /** The symbols that a library must have. */
    static final List<String> SYMBOLS = List.of(GET_COMMAND, COMPLETE_COMMAND);

    // each takes the function's address first
    private static final MethodHandle GET = handle(JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle COMPLETE =
            handle(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);

    private final MemorySegment getCommand;
    private final MemorySegment completeCommand;

    /**
     * Finds the functions.
     *
     * @param library has every symbol, and stays loaded for as long as they are called
     */
    DeviceCalls(NativeLibrary library) {
        getCommand = address(library, GET_COMMAND);
        completeCommand = address(library, COMPLETE_COMMAND);
    }

    private static MethodHandle handle(MemoryLayout... arguments) {
        return Linker.nativeLinker().downcallHandle(FunctionDescriptor.of(JAVA_INT, arguments));
    }

    private static MemorySegment address(NativeLibrary library, String symbol) {
        return MemorySegment.ofAddress(
                Pointer.nativeValue(library.getGlobalVariableAddress(symbol)));
    }

    int getCommand(long device, long timeout, long command) {
        try {
            return (int) GET.invokeExact(getCommand, device, timeout, command);
        } catch (Throwable e) {
            throw new AssertionError("A native function throws nothing", e);
        }
    }

    int completeCommand(
            long device, long command, int completionCode, long bytesTransferred, long position) {
        try {
            return (int)
                    COMPLETE.invokeExact(
                            completeCommand,
                            device,
                            command,
                            completionCode,
                            bytesTransferred,
                            position);
        } catch (Throwable e) {
            throw new AssertionError("A native function throws nothing", e);
        }
    }
}
