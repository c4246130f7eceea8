package dev.sluice.launcher;

import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.mssql.MssqlServer.VdiOfMachine;
import dev.sluice.vdi.VdiProvider;
import dev.sluice.vdi.jna.NativeVdi;
import dev.sluice.vdi.jna.NativeVdiException;

import org.jspecify.annotations.Nullable;

/** SQL Server's own library on this machine, opened when it is first needed. */
final class MachineVdi implements VdiOfMachine {

    private @Nullable VdiProvider opened;

    @Override
    public synchronized VdiProvider get() throws SqlServerException {
        if (opened == null) {
            opened = open();
        }
        return opened;
    }

    private static VdiProvider open() throws SqlServerException {
        try {
            return NativeVdi.open();
        } catch (NativeVdiException e) {
            throw new SqlServerException(String.valueOf(e.getMessage()), e);
        } catch (LinkageError e) {
            throw new SqlServerException(
                    "SQL Server's own library cannot be used: " + withoutJna(e), e);
        }
    }

    /** Says that JNA does not work here. */
    static String withoutJna(LinkageError e) {
        return "JNA, which calls it, cannot load its own native part: %s. \"sluice doctor\" says what to do."
                .formatted(e.getMessage());
    }
}
