using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace Candeia.Distributed;

/// <summary>A library of MPI that was found on this machine and loaded: one per process.</summary>
internal sealed class MpiLibrary
{
    /// <summary>The variable by which users name a library that is not found by its usual name.</summary>
    public const string Variable = "CANDEIA_MPI";

    public const string Remedy =
        "Install one: apt-get install openmpi-bin (or mpich) on Debian and Ubuntu, dnf install openmpi on Fedora, brew install open-mpi on macOS; or name its library by the environment variable CANDEIA_MPI.";

    static readonly string[] s_open = OperatingSystem.IsWindows() ? [] : OperatingSystem.IsMacOS() ? ["libmpi.40.dylib", "/opt/homebrew/lib/libmpi.dylib"]
        : ["libmpi.so.40", "/usr/lib64/openmpi/lib/libmpi.so.40"];
    static readonly string[] s_standard = OperatingSystem.IsWindows() ? [] : OperatingSystem.IsMacOS() ? ["libmpi_abi.0.dylib"] : ["libmpi_abi.so.0"];
    static readonly string[] s_mpich = OperatingSystem.IsWindows() ? ["msmpi.dll"] : OperatingSystem.IsMacOS() ? ["libmpi.12.dylib"]
        : ["libmpich.so.12", "libmpi.so.12", "/usr/lib64/mpich/lib/libmpi.so.12"];
    static nint s_used;
    readonly nint _handle;

    MpiLibrary(string path, nint handle)
    {
        byte[] text = new byte[1 << 14];                                     // MPICH tells all its options
        int length = 0;
        MpiCalls.Check(Marshal.GetDelegateForFunctionPointer<LibraryVersion>(NativeLibrary.GetExport(handle, "MPI_Get_library_version"))(ref text[0], ref length), "Asking for the version");
        (Path, Version, _handle) = (path, Named(Encoding.UTF8.GetString(text, 0, Math.Clamp(length, 0, text.Length)).Trim('\0')), handle);
        Abi = AbiOf(name => NativeLibrary.TryGetExport(handle, name, out nint address) ? address : 0);
    }

    /// <summary>Under which name it was found.</summary>
    public string Path { get; }

    /// <summary>How it calls itself: <c>Open MPI 4.1.4</c>.</summary>
    public string Version { get; }

    /// <summary>Its constants.</summary>
    public MpiAbi Abi { get; }

    /// <summary>Where a library is looked for, by what started the process: one of another family than the launcher would be alone.</summary>
    public static IReadOnlyList<string> Candidates(bool? isOpenMpi, string? named) => named is { Length: > 0 } ? [named] : isOpenMpi switch
    {
        true => [.. s_open, .. s_standard],
        false => [.. s_mpich, .. s_standard],
        null => [.. s_open, .. s_mpich, .. s_standard],
    };

    /// <summary>The first library that is there; null if none is.</summary>
    /// <exception cref="DistributedException">The user has named one, and it cannot be loaded.</exception>
    public static MpiLibrary? Load(bool? isOpenMpi)
    {
        CLibrary.Suggest("UCX_ERROR_SIGNALS", "");                           // MPICH may load UCX, which takes signals that .NET needs
        CLibrary.Suggest("OMPI_MCA_mpi_yield_when_idle", "1");               // who waits leaves the processor to who computes
        string? named = Environment.GetEnvironmentVariable(Variable);
        MpiLibrary? found = null;
        CLibrary.KeepingSignals(() =>
        {
            foreach (string path in Candidates(isOpenMpi, named))
                if (NativeLibrary.TryLoad(path, Assembly.GetExecutingAssembly(), null, out nint handle))
                {
                    found = new(path, handle);
                    return;
                }
        });
        return found is null && named is { Length: > 0 } ? throw new DistributedException($"{Variable} names '{named}', which cannot be loaded: name a library such as libmpi.so.40.") : found;
    }

    /// <summary>Calls go to this library from now on.</summary>
    public void Use()
    {
        if (s_used == 0) NativeLibrary.SetDllImportResolver(typeof(MpiLibrary).Assembly, static (name, _, _) => name == MpiCalls.Library ? s_used : 0);
        s_used = _handle;
    }

    /// <summary>
    /// The family of a library, by what it exports. The standard's is asked for first: such a library may stand on another one, whose names are found too.
    /// </summary>
    internal static MpiAbi AbiOf(Func<string, nint> export)
    {
        if (export("MPI_Abi_get_version") is not 0 and var version)
        {
            int major = 0, minor = 0;
            if (Marshal.GetDelegateForFunctionPointer<AbiVersion>(version)(ref major, ref minor) == 0 && major >= 1) return MpiAbi.Standard;
        }
        return export("ompi_mpi_comm_world") != 0 ? MpiAbi.OpenMpi(export) : MpiAbi.Mpich;
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    delegate int LibraryVersion(ref byte version, ref int length);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate int AbiVersion(ref int major, ref int minor);

    /// <summary>A library's long description of itself as a name and a number.</summary>
    internal static string Named(string description)
    {
        string line = description.Split(['\n', ',']).FirstOrDefault(l => l.Trim().Length > 0)?.Trim() ?? "MPI";
        if (line.StartsWith("Open MPI v", StringComparison.Ordinal)) return $"Open MPI {line["Open MPI v".Length..]}";
        string[] words = line.Split([' ', ':', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return words is ["MPICH", "Version", var number, ..] ? $"MPICH {number}" : line;
    }
}
