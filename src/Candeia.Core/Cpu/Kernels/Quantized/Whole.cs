using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Candeia.Kernels;

/// <summary>The one place where the register for whole numbers is chosen.</summary>
internal static class Whole
{
    /// <summary>Which registers sum on this machine, for those who keep weights in their order.</summary>
    public static int Kind => AvxVnni.IsSupported ? 1 : Avx512BW.IsSupported && Vector512.IsHardwareAccelerated ? 2 : Avx2.IsSupported ? 3 : AdvSimd.Arm64.IsSupported ? 4 : 5;

    public static void Run<TCall>(in TCall call) where TCall : struct, IWholeCall
    {
        switch (Kind)
        {
            case 1: call.Run<Quads256>(); break;                // twice as many products as 512 bits have of floats: .NET knows no wider ones
            case 2: call.Run<Pairs512>(); break;
            case 3: call.Run<Pairs256>(); break;
            case 4: call.Run<Pairs128>(); break;
            default: call.Run<OnePair>(); break;
        }
    }
}
