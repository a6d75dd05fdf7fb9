namespace Candeia.Distributed;

/// <summary>
/// What the constants of <c>mpi.h</c> are in one family of MPI libraries. A handle is a register wide in every signature: MPICH reads its low half,
/// the others all of it.
/// </summary>
internal sealed record MpiAbi(
    string Family, nint World, nint Byte, nint Int, nint Long, nint Float, nint Double, nint Sum, nint Max, nint InPlace, nint StatusIgnore, int Multiple)
{
    /// <summary>MPICH, and what has its binary interface: Intel MPI, MVAPICH, MS-MPI.</summary>
    public static readonly MpiAbi Mpich = new("MPICH", 0x44000000, 0x4c00010d, 0x4c000405, 0x4c000809, 0x4c00040a, 0x4c00080b, 0x58000003, 0x58000001, -1, 1, 3);

    /// <summary>The interface that MPI 5.0 has laid down for all.</summary>
    public static readonly MpiAbi Standard = new("the MPI standard", 0x101, 0x247, 0x250, 0x258, 0x210, 0x214, 0x21, 0x23, 1, 0, 4096);

    /// <summary>Open MPI, whose handles are addresses of what it exports.</summary>
    public static MpiAbi OpenMpi(Func<string, nint> symbol) => new("Open MPI", symbol("ompi_mpi_comm_world"), symbol("ompi_mpi_byte"), symbol("ompi_mpi_int"),
        symbol("ompi_mpi_int64_t"), symbol("ompi_mpi_float"), symbol("ompi_mpi_double"), symbol("ompi_mpi_op_sum"), symbol("ompi_mpi_op_max"), 1, 0, 3);

    /// <summary>The handle of an element type.</summary>
    /// <exception cref="NotSupportedException">Nobody adds such elements.</exception>
    public nint Of<T>() where T : unmanaged => default(T) switch
    {
        float => Float,
        double => Double,
        long => Long,
        int => Int,
        byte => Byte,
        _ => throw Elements.Unknown(typeof(T)),
    };
}
