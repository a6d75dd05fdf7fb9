namespace Candeia.Distributed;

/// <summary>The beginning and the end of MPI in this process.</summary>
internal static class MpiWorld
{
    static MpiBell? s_bell;
    static MpiAbi? s_abi;

    /// <summary>The ranks that a launcher has started, of which this process is one.</summary>
    /// <exception cref="DistributedException">The library is missing, or is not that of the launcher.</exception>
    public static MpiCommunicator Begin(Launcher launcher)
    {
        var library = MpiLibrary.Load(launcher.IsOpenMpi) ?? throw new DistributedException(
            $"This program was started as one of {launcher.Size} processes by {launcher.Name}, and its library was not found. {MpiLibrary.Remedy}");
        library.Use();
        var abi = library.Abi;
        int provided = 0;
        CLibrary.KeepingSignals(() => MpiCalls.Check(MpiCalls.MPI_Init_thread(0, 0, abi.Multiple, ref provided), "The beginning"));
        int rank = 0, size = 0;
        MpiCalls.Check(MpiCalls.MPI_Comm_rank(abi.World, ref rank), "Asking for the rank");
        MpiCalls.Check(MpiCalls.MPI_Comm_size(abi.World, ref size), "Asking for the number of ranks");
        if (size != launcher.Size)
            throw new DistributedException(
                $"{launcher.Name} has started {launcher.Size} processes, but {library.Version} ({library.Path}) sees {size}: it is the library of another MPI. " +
                $"Start the program with that library's own mpirun, or name the launcher's library by {MpiLibrary.Variable}.");
        // Open MPI gives every rank a terminal, and .NET would set the keys of each; the one that people see is the first rank's.
        if (rank > 0) Environment.SetEnvironmentVariable("TERM", "dumb");
        (s_abi, IsMultiple) = (abi, provided >= abi.Multiple);
        AppDomain.CurrentDomain.ProcessExit += static (_, _) => End(Environment.ExitCode);
        if (IsMultiple && size > 1)
        {
            nint line = 0;
            MpiCalls.Check(MpiCalls.MPI_Comm_dup(abi.World, ref line), "Duplicating");
            s_bell = new(abi, line, rank, size);
        }
        Processors.Divide(launcher, rank);
        var ranks = new MpiCommunicator(library, abi.World, s_bell);
        IsTogether = MpiSharing.AreTogether(ranks);
        return ranks;
    }

    /// <summary>Whether several threads may call the library at once.</summary>
    public static bool IsMultiple { get; private set; }

    /// <summary>Whether all ranks are on one machine, and can see each other's memory.</summary>
    public static bool IsTogether { get; private set; }

    /// <summary>
    /// Ends MPI when the process does. One that fails ends the others too: with MPICH a rank that just leaves ends the job as if all were well. One that
    /// is done waits for the others.
    /// </summary>
    static void End(int code)
    {
        if (s_abi is not { } abi) return;
        s_abi = null;
        if (code != 0)
        {
            _ = MpiCalls.MPI_Abort(abi.World, code);
            return;
        }
        s_bell?.Close();
        _ = MpiCalls.MPI_Finalize();
    }
}
