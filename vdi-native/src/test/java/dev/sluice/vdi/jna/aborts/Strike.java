package dev.sluice.vdi.jna.aborts;

import dev.sluice.vdi.jna.DoubleControl;
import dev.sluice.vdi.jna.DoubleControl.Moment;
import dev.sluice.vdi.protocol.VdiStatus;

import java.util.List;
import java.util.Random;

/**
 * A way to end a device set before its time. Some are ordered from the server or from the library
 * before the set is created, and come when they come; the others are dealt when the fuse is lit.
 */
enum Strike {
    ABORT {
        @Override
        void hit(SetRun run) {
            run.abort();
        }
    },
    ABORT_TWICE {
        @Override
        void hit(SetRun run) {
            run.abort();
            run.abort();
        }
    },
    ABORT_BY_TWO_THREADS {
        @Override
        void hit(SetRun run) throws InterruptedException {
            run.together(run::abort, run::abort);
        }
    },
    /** By the thread that made the step, which may have commands in its hands. */
    ABORT_BY_THE_WORKER {
        @Override
        void hit(SetRun run) {
            run.abort();
        }
    },
    CLOSE {
        @Override
        void hit(SetRun run) {
            run.close();
        }
    },
    CLOSE_BY_TWO_THREADS {
        @Override
        void hit(SetRun run) throws InterruptedException {
            run.together(run::close, run::close);
        }
    },
    CLOSE_BESIDE_AN_ABORT {
        @Override
        void hit(SetRun run) throws InterruptedException {
            run.together(run::close, run::abort);
        }
    },
    CLOSE_BESIDE_THE_SERVERS_ABORT {
        @Override
        void hit(SetRun run) throws InterruptedException {
            run.together(run::close, run::abortServer);
        }
    },
    CLOSE_BY_AN_INTERRUPTED_THREAD {
        @Override
        void hit(SetRun run) {
            Thread.currentThread().interrupt();
            run.close();
            if (!Thread.interrupted()) {
                throw new AssertionError("Close has swallowed an interrupt");
            }
        }
    },
    ABORT_OF_BOTH_ENDS {
        @Override
        void hit(SetRun run) throws InterruptedException {
            run.together(run::abort, run::abortServer);
        }
    },
    ABORT_OF_THE_SERVER {
        @Override
        void hit(SetRun run) {
            run.abortServer();
        }
    },
    DEATH_OF_THE_SERVER {
        @Override
        void hit(SetRun run) {
            run.control().serverDie(run.name());
        }
    },
    /** A worker answers with an error, and the server closes its devices. */
    ERROR_OF_A_DEVICE {
        @Override
        void hit(SetRun run) {
            run.failNextTransfer();
        }
    },
    CLOSE_OF_THE_SERVER(Servers.JAVA) {
        @Override
        void hit(SetRun run) {
            run.javaServer().ifPresent(JavaServer::close);
        }
    },
    ABORT_BY_A_ROUTINE(Servers.JAVA) {
        @Override
        void hit(SetRun run) {
            run.javaServer().ifPresent(server -> server.inNextRoutine(server::abort));
        }
    },
    CLOSE_BY_A_ROUTINE(Servers.JAVA) {
        @Override
        void hit(SetRun run) {
            run.javaServer().ifPresent(server -> server.inNextRoutine(server::close));
        }
    },
    ERROR_OF_A_ROUTINE(Servers.JAVA) {
        @Override
        void hit(SetRun run) {
            run.javaServer()
                    .ifPresent(
                            server ->
                                    server.inNextRoutine(
                                            () -> {
                                                throw new JavaServer.UncheckedStrike();
                                            }));
        }
    },
    ABORT_AT_A_COMMAND(Servers.DOUBLES) {
        @Override
        List<String> arm(SetRun run, Random random) {
            return at("abort", run.plan(), random);
        }
    },
    DEATH_AT_A_COMMAND(Servers.DOUBLES) {
        @Override
        List<String> arm(SetRun run, Random random) {
            return at("die", run.plan(), random);
        }
    },
    ABORT_AT_A_STAGE(Servers.DOUBLES) {
        @Override
        List<String> arm(SetRun run, Random random) {
            return List.of("abort_stage=" + STAGES.get(random.nextInt(STAGES.size())));
        }
    },
    ABORT_AFTER_A_TIME(Servers.DOUBLES) {
        @Override
        List<String> arm(SetRun run, Random random) {
            return List.of("abort_after_micros=" + random.nextInt(2000));
        }
    },
    ABORT_INSIDE_A_CALL_OF_THE_CLIENT {
        @Override
        List<String> arm(SetRun run, Random random) {
            Plan plan = run.plan();
            Moment moment = MOMENTS.get(random.nextInt(MOMENTS.size()));
            run.control()
                    .abortAt(
                            run.name(),
                            random.nextInt(plan.devices()),
                            1 + random.nextInt(plan.commands() + 1),
                            moment);
            return List.of();
        }
    },
    FAILURE_OF_THE_SERVER {
        @Override
        List<String> arm(SetRun run, Random random) {
            String function = SERVER.get(random.nextInt(SERVER.size()));
            int call = 1 + random.nextInt(run.plan().devices());
            run.control().fail("Server." + function, call, 1, VdiStatus.MEMORY.hresult());
            return List.of();
        }
    },
    FAILURE_OF_THE_LIBRARY {
        @Override
        List<String> arm(SetRun run, Random random) {
            String function = CLIENT.get(random.nextInt(CLIENT.size()));
            int call = function.equals("Create") ? 1 : 1 + random.nextInt(run.plan().devices());
            run.control().fail(function, call, 1, VdiStatus.MEMORY.hresult());
            return List.of();
        }
    };

    /** Which servers can be struck so. */
    private enum Servers {
        BOTH,
        DOUBLES,
        JAVA
    }

    private static final List<Strike> ALL = List.of(values());
    private static final List<Moment> MOMENTS = List.of(Moment.values());
    private static final List<String> STAGES =
            List.of("connected", "configurable", "initializing", "opened");
    private static final List<String> SERVER =
            List.of(
                    "GetConfiguration",
                    "BeginConfiguration",
                    "RequestBuffers",
                    "EndConfiguration",
                    "OpenDevice",
                    "AllocateBuffer",
                    "ExecuteCompletionAgent",
                    "SendCommand");
    private static final List<String> CLIENT =
            List.of("Create", "GetConfiguration", "OpenDevice", "GetCommand");

    private final Servers servers;

    Strike() {
        this(Servers.BOTH);
    }

    Strike(Servers servers) {
        this.servers = servers;
    }

    /** Whether the server is in Java: where both will do, the double's more often. */
    boolean drawJava(Random random) {
        return switch (servers) {
            case JAVA -> true;
            case DOUBLES -> false;
            case BOTH -> random.nextInt(4) == 0;
        };
    }

    /**
     * Orders it beforehand.
     *
     * @return options for the server, see {@link DoubleControl#stream}
     */
    List<String> arm(SetRun run, Random random) {
        return List.of();
    }

    /** Deals it now. */
    void hit(SetRun run) throws InterruptedException {}

    static Strike draw(Random random) {
        return ALL.get(random.nextInt(ALL.size()));
    }

    private static List<String> at(String what, Plan plan, Random random) {
        // two more than those with data: a Flush and a Complete
        return List.of(
                what + "_device=" + random.nextInt(plan.devices()),
                what + "_command=" + (1 + random.nextInt(plan.commands() + 2)));
    }
}
