using System.Runtime.InteropServices;

namespace Candeia.Distributed;

/// <summary>The functions of MPI that are used. Which library they come from is decided before the first is called: <see cref="MpiLibrary.Use"/>.</summary>
internal static class MpiCalls
{
    public const string Library = "mpi";

    [DllImport(Library)] public static extern int MPI_Init_thread(nint argc, nint argv, int required, ref int provided);
    [DllImport(Library)] public static extern int MPI_Finalize();
    [DllImport(Library)] public static extern int MPI_Abort(nint comm, int code);
    [DllImport(Library)] public static extern int MPI_Comm_rank(nint comm, ref int rank);
    [DllImport(Library)] public static extern int MPI_Comm_size(nint comm, ref int size);
    [DllImport(Library)] public static extern int MPI_Comm_dup(nint comm, ref nint other);
    [DllImport(Library)] public static extern int MPI_Comm_free(ref nint comm);
    [DllImport(Library)] public static extern int MPI_Barrier(nint comm);
    [DllImport(Library)] public static extern int MPI_Allreduce(nint inPlace, ref byte values, int count, nint type, nint op, nint comm);
    [DllImport(Library)] public static extern int MPI_Iallreduce(nint inPlace, nint values, int count, nint type, nint op, nint comm, ref nint request);
    [DllImport(Library)] public static extern int MPI_Bcast(ref byte values, int count, nint type, int root, nint comm);
    [DllImport(Library)] public static extern int MPI_Allgather(ref byte send, int sends, nint sendType, ref byte receive, int receives, nint receiveType, nint comm);
    [DllImport(Library)] public static extern int MPI_Alltoall(ref byte send, int sends, nint sendType, ref byte receive, int receives, nint receiveType, nint comm);
    [DllImport(Library)] public static extern int MPI_Iallgather(nint send, int sends, nint sendType, nint receive, int receives, nint receiveType, nint comm, ref nint request);
    [DllImport(Library)] public static extern int MPI_Ialltoall(nint send, int sends, nint sendType, nint receive, int receives, nint receiveType, nint comm, ref nint request);
    [DllImport(Library)] public static extern int MPI_Isend(nint values, int count, nint type, int to, int tag, nint comm, ref nint request);
    [DllImport(Library)] public static extern int MPI_Irecv(nint values, int count, nint type, int from, int tag, nint comm, ref nint request);
    [DllImport(Library)] public static extern int MPI_Test(ref nint request, ref int flag, nint status);
    [DllImport(Library)] public static extern int MPI_Wait(ref nint request, nint status);
    [DllImport(Library)] public static extern int MPI_Cancel(ref nint request);

    /// <summary>Refuses what did not succeed; most libraries end the job themselves before.</summary>
    public static void Check(int code, string what)
    {
        if (code != 0) throw new DistributedException($"{what} failed in MPI with the code {code}.");
    }
}
