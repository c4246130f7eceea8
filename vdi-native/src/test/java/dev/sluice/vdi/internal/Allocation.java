package dev.sluice.vdi.internal;

/** How much a thread has allocated. */
public final class Allocation {

    private Allocation() {}

    /** Bytes so far; by reflection, since the module does not read the JDK's own. */
    public static long of(Thread thread) throws ReflectiveOperationException {
        Object bean =
                Class.forName("java.lang.management.ManagementFactory")
                        .getMethod("getThreadMXBean")
                        .invoke(null);
        Object bytes =
                Class.forName("com.sun.management.ThreadMXBean")
                        .getMethod("getThreadAllocatedBytes", long.class)
                        .invoke(bean, thread.threadId());
        return (Long) bytes;
    }
}
