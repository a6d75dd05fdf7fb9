using System.Globalization;

namespace Candeia.Distributed;

/// <summary>Who started this process as one of several, as its environment variables tell.</summary>
/// <param name="Name">How people call it.</param>
/// <param name="Size">How many processes there are.</param>
/// <param name="Local">How many of them are on this machine, where it is known.</param>
/// <param name="IsOpenMpi">Whether it is of Open MPI; null where it starts processes of any.</param>
internal sealed record Launcher(string Name, int Size, int? Local, bool? IsOpenMpi)
{
    /// <summary>The launcher; null where the process was started by nobody in particular.</summary>
    public static Launcher? Find(Func<string, string?> variable)
    {
        int? Number(string name) => int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n > 0 ? n : null;
        if (Number("OMPI_COMM_WORLD_SIZE") is { } open) return new("mpirun of Open MPI", open, Number("OMPI_COMM_WORLD_LOCAL_SIZE"), true);
        if (Number("PMI_SIZE") is { } pmi)
            return new(Number("SLURM_NTASKS") is null ? "mpiexec of MPICH" : "srun of Slurm", pmi, Number("MPI_LOCALNRANKS") ?? Number("SLURM_NTASKS_PER_NODE"), false);
        if (variable("PMIX_RANK") is not null && Number("SLURM_NTASKS") is { } slurm) return new("srun of Slurm", slurm, Number("SLURM_NTASKS_PER_NODE"), null);
        return null;
    }
}
