using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Runtime.Intrinsics.Arm;

namespace Candeia.Experiments;

/// <summary>What a measurement was made on.</summary>
sealed record Machine(string Processor, int Processors, string Vectors, string System)
{
    /// <summary>This one.</summary>
    public static Machine Here() => new(Name(), Environment.ProcessorCount, Registers(),
        $"{RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}");

    /// <summary>The most memory that this process has held so far, in bytes.</summary>
    public static long PeakMemory()
    {
        if (OperatingSystem.IsLinux() && Field("/proc/self/status", "VmHWM") is { } text && long.TryParse(text.Split(' ')[0], out long kilobytes))
            return kilobytes * 1024;
        using var process = global::System.Diagnostics.Process.GetCurrentProcess();
        return Math.Max(process.PeakWorkingSet64, process.WorkingSet64);
    }

    static string Name() =>
        (OperatingSystem.IsLinux() ? Field("/proc/cpuinfo", "model name") : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER"))
        ?? RuntimeInformation.ProcessArchitecture.ToString();

    static string Registers() => Avx512F.IsSupported ? "AVX-512" : Avx2.IsSupported ? "AVX2" : AdvSimd.IsSupported ? "NEON" : "none";

    static string? Field(string file, string name)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[^1].Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
