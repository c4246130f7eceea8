package dev.sluice.job;

import com.sun.management.OperatingSystemMXBean;

import dev.sluice.sql.TransferOptions;

import java.lang.management.ManagementFactory;

/**
 * The memory that a statement's buffers take: SQL Server runs out of it when it is asked for too
 * much (vdi-facts M13). The server runs on this machine, for virtual devices are reached from
 * nowhere else.
 */
public final class BufferMemory {

    /** What SQL Server takes when no size is given, and as many buffers as it makes of it. */
    private static final int DEFAULT_TRANSFER = 1 << 20;

    private BufferMemory() {}

    /** Bytes that the buffers take; 0 when their number is left to the server. */
    public static long needed(TransferOptions transfer) {
        return size(transfer) * transfer.bufferCount();
    }

    /** Bytes of a buffer. */
    static long size(TransferOptions transfer) {
        return transfer.maxTransferSize() == 0 ? DEFAULT_TRANSFER : transfer.maxTransferSize();
    }

    /** The most bytes that buffers may take here: half of this machine's memory. */
    public static long most() {
        return ofMachine() / 2;
    }

    /** Bytes of this machine's memory. */
    static long ofMachine() {
        OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return system.getTotalMemorySize();
    }
}
