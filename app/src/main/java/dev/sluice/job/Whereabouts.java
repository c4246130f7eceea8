package dev.sluice.job;

import dev.sluice.sql.ServerFacts;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a server runs on this machine. Its statements may come from anywhere, its device sets are
 * shared memory and can be reached on its own machine only (vdi-facts section K).
 *
 * @param name of this machine
 * @param addresses of this machine
 */
record Whereabouts(String name, Set<InetAddress> addresses) {

    /** The longest name that Windows knows a machine by. */
    private static final int NETBIOS_LENGTH = 15;

    /** Those of the machine this runs on. */
    static Whereabouts ofThisMachine() {
        return new Whereabouts(ownName(), ownAddresses());
    }

    private static String ownName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // a machine whose own name does not resolve is known by its addresses
            return "";
        }
    }

    private static Set<InetAddress> ownAddresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (SocketException e) {
            return Set.of();
        }
    }

    /**
     * Refuses a server that runs elsewhere.
     *
     * @param server its name for people
     */
    void requireHere(String server, ServerFacts facts) throws JobException {
        if (!isHere(facts)) {
            String at = String.valueOf(facts.serverAddress());
            throw new JobException(
                    name.isEmpty()
                            ? Told.of("refused.elsewhere", server, facts.machine(), at)
                            : Told.of("refused.elsewhere.than", server, facts.machine(), at, name));
        }
    }

    private boolean isHere(ServerFacts facts) {
        String at = facts.serverAddress();
        if (at == null || isSameName(facts.machine())) {
            return true;
        }
        // through a tunnel every server is at the loopback address
        return isLoopback(at)
                ? name.isEmpty()
                : at.equals(facts.clientAddress()) || isOneOf(addresses, at);
    }

    private boolean isSameName(String machine) {
        return !name.isEmpty() && shortName(name).equalsIgnoreCase(shortName(machine));
    }

    private static String shortName(String machine) {
        int dot = machine.indexOf('.');
        String host = dot < 0 ? machine : machine.substring(0, dot);
        return host.substring(0, Math.min(NETBIOS_LENGTH, host.length()));
    }

    private static boolean isLoopback(String at) {
        InetAddress address = literal(at);
        return address != null && address.isLoopbackAddress();
    }

    private static boolean isOneOf(Collection<InetAddress> addresses, String at) {
        @Nullable InetAddress address = literal(at);
        return address != null && addresses.contains(address);
    }

    /** Nothing is looked up: the server tells addresses, not names. */
    private static @Nullable InetAddress literal(String at) {
        try {
            return InetAddress.ofLiteral(at);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
