package dev.sluice.sqlserver;

import dev.sluice.tds.Message;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a test orders a {@link SqlServerDouble} to do to a statement. */
sealed interface Fault {

    /** Does not attach to the devices, and waits for an attention. */
    record NeverAttach(CountDownLatch reached) implements Fault {

        NeverAttach() {
            this(new CountDownLatch(1));
        }

        /** Waits until the statement is there. */
        void awaitReached() throws InterruptedException {
            if (!reached.await(DeviceEnd.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the statement was not sent");
            }
        }
    }

    /** Fails without having attached. */
    record FailBeforeAttaching(Message message) implements Fault {}

    /** Lets all data go well and the devices end normally, and fails then. */
    record FailAfterAll(Message message) implements Fault {}

    /** Tells that it succeeded, and fails then all the same. */
    record FailAfterSuccess(Message message) implements Fault {}

    /** Something happens when so many bytes have gone through all devices together. */
    sealed interface InMidStream extends Fault {
        /** Bytes, more than 0. */
        long after();
    }

    /** SignalAbort by the server. */
    record Abort(long after) implements InMidStream {}

    /** The network connection is reset; the server goes on until it notices. */
    record DropConnection(long after) implements InMidStream {}

    /** The server's process dies: its ends of devices and connection at once. */
    record Die(long after) implements InMidStream {}

    /** The server stops where it is, with its buffers, until told to go on. */
    record Hold(long after, CountDownLatch reached, CountDownLatch released)
            implements InMidStream {

        Hold(long after) {
            this(after, new CountDownLatch(1), new CountDownLatch(1));
        }

        /** Waits until the server holds. */
        void awaitReached() throws InterruptedException {
            if (!reached.await(DeviceEnd.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the statement did not come so far");
            }
        }

        void release() {
            released.countDown();
        }
    }
}
