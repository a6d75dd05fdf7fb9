namespace Candeia.Distributed.Tests;

/// <summary>What is decided before a library of MPI is called.</summary>
public class MpiTests
{
    [Theory]
    [InlineData("OMPI_COMM_WORLD_SIZE=4;OMPI_COMM_WORLD_LOCAL_SIZE=2", "mpirun of Open MPI", 4, 2, true)]
    [InlineData("PMI_SIZE=3;MPI_LOCALNRANKS=3", "mpiexec of MPICH", 3, 3, false)]
    [InlineData("PMI_SIZE=8;SLURM_NTASKS=8;SLURM_NTASKS_PER_NODE=4", "srun of Slurm", 8, 4, false)]
    [InlineData("PMIX_RANK=0;SLURM_NTASKS=8", "srun of Slurm", 8, null, null)]
    public void A_launcher_is_known_by_its_variables(string variables, string name, int size, int? local, bool? isOpenMpi)
    {
        var set = variables.Split(';').Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]);
        Assert.Equal(new(name, size, local, isOpenMpi), Launcher.Find(set.GetValueOrDefault));
    }

    [Theory]
    [InlineData("")]
    [InlineData("PMI_SIZE=some")]
    [InlineData("SLURM_NTASKS=8")]                                           // a batch job, whose script runs once
    public void Without_them_there_is_none(string variables)
    {
        var set = variables.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]);
        Assert.Null(Launcher.Find(set.GetValueOrDefault));
    }

    [Fact]
    public void The_library_is_of_the_launchers_family()
    {
        Assert.All(MpiLibrary.Candidates(isOpenMpi: false, null), c => Assert.DoesNotContain(".so.40", c, StringComparison.Ordinal));
        Assert.All(MpiLibrary.Candidates(isOpenMpi: true, null), c => Assert.DoesNotContain("mpich", c, StringComparison.Ordinal));
        Assert.Equal(["/opt/own/libmpi.so"], MpiLibrary.Candidates(isOpenMpi: true, "/opt/own/libmpi.so"));
    }

    [Theory]
    [InlineData("Open MPI v4.1.4, package: Debian OpenMPI, ident: 4.1.4, repo rev: v4.1.4", "Open MPI 4.1.4")]
    [InlineData("MPICH Version:\t4.0.2\nMPICH Release date:\tThu Apr", "MPICH 4.0.2")]
    [InlineData("Intel(R) MPI Library 2021.11 for Linux* OS\n", "Intel(R) MPI Library 2021.11 for Linux* OS")]
    public void Libraries_have_names(string description, string name) => Assert.Equal(name, MpiLibrary.Named(description));

    [Fact]
    public void Handles_are_those_of_the_family()
    {
        Assert.Equal(MpiAbi.Mpich, MpiLibrary.AbiOf(_ => 0));
        var open = MpiLibrary.AbiOf(name => name.StartsWith("ompi_", StringComparison.Ordinal) ? 1000 + name.Length : 0);
        Assert.Equal(("Open MPI", 1000 + "ompi_mpi_comm_world".Length), (open.Family, (int)open.World));
        // The standard's library may stand on Open MPI, whose names are found behind it.
        MpiLibrary.AbiVersion version = (ref int major, ref int minor) => (major, minor) is var _ && (major = 1) == 1 ? 0 : 1;
        nint address = System.Runtime.InteropServices.Marshal.GetFunctionPointerForDelegate(version);
        Assert.Equal(MpiAbi.Standard, MpiLibrary.AbiOf(name => name == "MPI_Abi_get_version" ? address : 77));
        GC.KeepAlive(version);
    }

    [Theory]
    [InlineData(8, 8, 2, 4, null)]
    [InlineData(2, 2, 4, 1, null)]
    [InlineData(1, 8, 2, 1, "bound it to one")]
    [InlineData(1, 2, 2, 1, null)]
    [InlineData(2, 8, 4, 2, null)]
    public void Processors_are_divided_and_a_launcher_that_takes_them_is_told_of(int mine, int all, int local, int threads, string? warning)
    {
        var (count, told) = Processors.Share(mine, all, local, isOpenMpi: true);
        Assert.Equal(threads, count);
        if (warning is null) Assert.Null(told);
        else Assert.Contains(warning, told, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranges_of_processors_are_counted() => Assert.Equal(7, Processors.Count("0-3,8,10-11\n"));
}
