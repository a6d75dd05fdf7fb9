namespace Candeia;

/// <summary>Where rounding may be traded for speed. Reductions and products are not concerned: they are as exact as they are fast.</summary>
public static class Rounding
{
    [ThreadStatic] static bool s_exact, s_tf32;

    /// <summary>
    /// Whether 3×3 convolutions of float32 with stride 1 and many channels may use Winograd's minimal filtering, which is about twice as fast and
    /// rounds four to five times as coarsely (relative errors of some 1e-6 in the L2 norm). On unless it is switched off; float64 never uses it.
    /// </summary>
    /// <seealso href="https://arxiv.org/abs/1509.09308">Lavin and Gray 2015</seealso>
    public static bool IsWinogradAllowed => !s_exact;

    /// <summary>Says how convolutions that this thread asks for are computed, until the result is disposed of: <c>using var _ = Rounding.AllowWinograd(false);</c></summary>
    public static Switched AllowWinograd(bool allowed)
    {
        Waiting.Settle();
        return new(ref s_exact, !allowed);
    }

    /// <summary>
    /// Whether products of float32 on a graphics processor may round their factors to TF32, which has ten bits of fraction instead of 23, where a library of its makers computes them. Off unless it
    /// is switched on; processors never do it.
    /// </summary>
    public static bool IsTf32Allowed => s_tf32;

    /// <summary>Says how products that this thread asks for are computed, until the result is disposed of: <c>using var _ = Rounding.AllowTf32(true);</c></summary>
    public static Switched AllowTf32(bool allowed)
    {
        Waiting.Settle();
        return new(ref s_tf32, allowed);
    }
}
