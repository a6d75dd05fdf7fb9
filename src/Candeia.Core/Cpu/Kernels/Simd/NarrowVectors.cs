using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Candeia.Kernels;

/// <summary>
/// A program that was compiled ahead of time computes with the registers that it was compiled for, and not with those of the machine that it runs on.
/// Where these are wider it says so, once, on standard error; the switch <c>Candeia.WarnOfNarrowVectors</c> turns that off.
/// </summary>
internal static class NarrowVectors
{
    const string Switch = "Candeia.WarnOfNarrowVectors";

    /// <summary>Says it if there is something to say.</summary>
    public static void Warn(int bits)
    {
        if (!RuntimeFeature.IsDynamicCodeSupported && !(AppContext.TryGetSwitch(Switch, out bool wanted) && !wanted) && Warning(bits, Offered()) is { } text)
            Console.Error.WriteLine(text);
    }

    /// <summary>The sentence for a program of so many bits on a processor of so many; null where it uses all.</summary>
    internal static string? Warning(int bits, int offered) => bits >= offered ? null :
        $"Candeia computes {(bits == 0 ? "without vectors" : $"with vectors of {bits} bits")}, since this program was compiled ahead of time so, although the processor has vectors of "
        + $"{offered} bits: publish with <IlcInstructionSet>native</IlcInstructionSet> for machines like this one, or set <CandeiaWarnOfNarrowVectors>false</CandeiaWarnOfNarrowVectors>.";

    /// <summary>What the processor says of itself, whatever the program was compiled for.</summary>
    internal static int Offered()
    {
        if (!X86Base.IsSupported || X86Base.CpuId(0, 0).Eax < 7) return 0;
        const int SavesRegisters = 1 << 27, Avx2 = 1 << 5, Avx512 = 1 << 16 | 1 << 17 | 1 << 28 | 1 << 30 | 1 << 31;
        var (features, more) = (X86Base.CpuId(1, 0).Ecx, X86Base.CpuId(7, 0).Ebx);
        if ((features & SavesRegisters) == 0) return 0;               // the system does not keep wide registers
        return (more & unchecked(Avx512)) == unchecked(Avx512) ? 512 : (more & Avx2) != 0 ? 256 : 0;
    }
}
