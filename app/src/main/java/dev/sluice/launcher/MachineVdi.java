package dev.sluice.launcher;

import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.mssql.MssqlServer.VdiOfMachine;
import dev.sluice.vdi.VdiProvider;
import dev.sluice.vdi.jna.NativeVdi;
import dev.sluice.vdi.jna.NativeVdiException;
import dev.sluice.words.Told;

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
            throw new SqlServerException(Told.of(e), e);
        } catch (LinkageError e) {
            throw new SqlServerException(Told.of("library.unusable", withoutJna(e)), e);
        }
    }

    /** Says that JNA does not work here. */
    static Told withoutJna(LinkageError e) {
        return Told.of("library.noJna", String.valueOf(e.getMessage()));
    }
}
