using System.Numerics;

namespace Candeia.Gpu;

/// <summary>Which output of a call is the gradient that is wanted.</summary>
internal static class Wants
{
    /// <summary>The gradient of an input, weight or bias; null where it is not wanted.</summary>
    public static Operand? Wanted(in OpCall call, Wanted wanted, Wanted which) =>
        (wanted & which) != 0 ? call.Output(BitOperations.PopCount((uint)wanted & ((uint)which - 1))) : null;
}
