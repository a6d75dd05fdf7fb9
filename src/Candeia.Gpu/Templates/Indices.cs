namespace Candeia.Gpu;

/// <summary>How wide indices have to be.</summary>
internal static class Indices
{
    /// <summary>Whether 32 bits are too few for what is reached from where the operands begin.</summary>
    public static bool AreLarge(long reach, Operand y, ReadOnlySpan<Operand> x)
    {
        long most = y.Layout.Offset;
        foreach (var each in x) if (!each.IsNumber) most = Math.Max(most, each.Layout.Offset);
        return reach + most > Launch.Large;
    }
}
