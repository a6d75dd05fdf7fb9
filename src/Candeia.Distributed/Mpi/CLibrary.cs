using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Candeia.Distributed;

/// <summary>What of the C library has to be done so that a library of MPI and .NET bear with each other in one process.</summary>
internal static class CLibrary
{
    const int Bytes = 256;                                                   // more than a struct sigaction has anywhere

    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    static extern int SetVariable(string name, string value, int overwrite);

    [DllImport("libc", EntryPoint = "sigaction")]
    static extern int GetAction(int signal, nint none, ref byte action);

    [DllImport("libc", EntryPoint = "sigaction")]
    static extern int SetAction(int signal, ref byte action, nint none);

    [DllImport("libc", EntryPoint = "usleep")]
    static extern int Sleep(uint microseconds);

    [DllImport("libc", EntryPoint = "_exit")]
    static extern void ExitNow(int code);

    [DllImport("libc", EntryPoint = "memfd_create", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    static extern int CreateInMemory(string name, uint flags);

    [DllImport("libc", EntryPoint = "posix_fallocate")]
    static extern int Allocate(int file, long from, long bytes);

    /// <summary>Sets an environment variable where C reads it, unless the user has: what .NET sets stays in .NET.</summary>
    public static void Suggest(string name, string value)
    {
        if (!OperatingSystem.IsWindows()) _ = SetVariable(name, value, overwrite: 0);
    }

    /// <summary>
    /// Does something that must not change what happens on a fault: .NET makes exceptions of signals, and a library that takes them away makes the first
    /// null reference the end of the process.
    /// </summary>
    public static void KeepingSignals(Action action)
    {
        if (OperatingSystem.IsWindows())
        {
            action();
            return;
        }
        int[] signals = OperatingSystem.IsMacOS() ? [4, 5, 8, 10, 11] : [4, 5, 7, 8, 11];      // ILL, TRAP, FPE, BUS, SEGV
        byte[][] before = Array.ConvertAll(signals, signal =>
        {
            byte[] bytes = new byte[Bytes];
            _ = GetAction(signal, 0, ref bytes[0]);
            return bytes;
        });
        action();
        for (int i = 0; i < signals.Length; i++) _ = SetAction(signals[i], ref before[i][0], 0);
    }

    /// <summary>A file of zeros that is nowhere but in memory, all of which is there, and that children do not have; null where there is no such thing, or not enough.</summary>
    public static SafeFileHandle? FileInMemory(long bytes)
    {
        const uint CloseOnExec = 1;
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess) return null;
        if (bytes > GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2) return null;          // Linux would go on to the last byte, and then end somebody
        try
        {
            int file = CreateInMemory("candeia", CloseOnExec);
            if (file < 0) return null;
            SafeFileHandle made = new(file, ownsHandle: true);
            if (Allocate(file, 0, bytes) == 0) return made;
            made.Dispose();
            return null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Sleeps a tenth of a millisecond, for which .NET's clocks are too coarse.</summary>
    public static void Rest()
    {
        if (OperatingSystem.IsWindows()) Thread.Sleep(1);
        else _ = Sleep(100);
    }

    /// <summary>Ends this process without another word to anyone.</summary>
    public static void Exit(int code)
    {
        if (OperatingSystem.IsWindows()) Environment.Exit(code);
        else ExitNow(code);
    }
}
